import type { RecordingStore } from '../recordings/recording-store.ts';
import { deleteByHand } from '../retention/delete-recording.ts';
import { holdRecording, liftHold, retainRecording } from '../retention/hold-recording.ts';
import type { Scrub } from '../retention/scrub.ts';
import type { ServerContext } from '../server-context.ts';
import type { RouteMount } from './mount-route.ts';

/** How long recordings are kept, and whether what is stored is still what it was. */
export function mountRetentionRoutes(
  mount: RouteMount,
  context: ServerContext,
  parts: { readonly recordings: RecordingStore; readonly scrub: Scrub },
): void {
  mount('holdRecording', ({ caller, params, input }) =>
    holdRecording(context, caller, { ...params, ...input }),
  );
  mount('liftHold', ({ caller, params, input }) => liftHold(context, caller, { ...params, ...input }));
  mount('retainRecording', ({ caller, params, input }) =>
    retainRecording(context, caller, { ...params, ...input }),
  );
  mount('deleteRecording', ({ caller, params, input }) =>
    deleteByHand(context, parts.recordings, { caller, ...params, ...input }),
  );
  mount('scrubRecordings', ({ caller, input }) => parts.scrub.queue(caller, input.recordingId));
}
