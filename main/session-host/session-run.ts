import type { EndCause } from '../../contract/access.ts';
import type { FromHost, OpenSession } from '../../contract/session-host.ts';
import { hasTokens } from '../../core/redaction/policy.ts';
import type { Timers } from '../timers.ts';
import type { Pipeline, PipelineOptions } from './pipeline/create-pipeline.ts';
import { createPipeline } from './pipeline/create-pipeline.ts';
import type { Recorder, SealedRecording } from './recorder/recorder.ts';
import type { SessionParts, TransportHooks } from './session-parts.ts';
import { createValueKeyOf } from './value-key.ts';
import type { EndProof, Transport, TransportEnd } from './transports/transport.ts';

/** Processes get a hang-up first; after this long they are ended by force. */
const END_DEADLINE_MS = 2_000;
/** A transport answers within its deadline and some seconds for force; one that does not proves nothing. */
const PROOF_DEADLINE_MS = END_DEADLINE_MS + 5_000;
/** How long the last output may take after everything that could write it is gone. */
const LAST_OUTPUT_DEADLINE_MS = 500;

/** What a session runs on once it was made. */
export interface SessionRun {
  readonly recorder: Recorder;
  readonly transport: Transport;
  readonly pipeline: Pipeline;
}

/** Starts the transport and ties it to a pipeline in the same tick, so that no output is missed. */
export function startRun(
  open: OpenSession,
  parts: SessionParts,
  given: Pick<
    PipelineOptions,
    'recorder' | 'serverNowMs' | 'onFrame' | 'onMasked' | 'onValue' | 'onBlocked' | 'onRecorderFailed'
  > &
    TransportHooks,
): SessionRun {
  const policy = open.grant.redaction;
  const transport = parts.openTransport(open, { onRows: given.onRows });
  const pipeline = createPipeline({
    ...given,
    source: transport,
    timers: parts.timers,
    createRedactor: hooks =>
      parts.createRedactor({
        cols: open.cols,
        rows: open.rows,
        policy,
        detector: parts.createLineDetector(policy),
        keyOf: createValueKeyOf(open.tokenKey),
        tokenOf: hasTokens(policy) ? parts.createTokenOf(open.tokenKey) : null,
        ...hooks,
      }),
  });
  transport.onOutput = bytes => pipeline.takeOutput(bytes);
  return { recorder: given.recorder, transport, pipeline };
}

type EndedMessage = Extract<FromHost, { kind: 'ended' }>;

/**
 * Ends what there is of a run, in this order: everything that the transport started, the last output, the recording. Never rejects:
 * what could not be proven or sealed is null in the message.
 */
export async function endRun(
  made: { readonly run: SessionRun | null; readonly recorder: Recorder | null },
  cause: EndCause,
  timers: Timers,
): Promise<EndedMessage> {
  let proof: EndProof = { processesLeft: null, isChannelClosed: null };
  let over: TransportEnd | null = null;
  if (made.run !== null) {
    const { transport, pipeline } = made.run;
    pipeline.beginEnd();
    proof = await within(
      transport.end(END_DEADLINE_MS),
      { deadlineMs: PROOF_DEADLINE_MS, or: proof },
      timers,
    );
    over = await within(transport.ended, { deadlineMs: LAST_OUTPUT_DEADLINE_MS, or: null }, timers);
    pipeline.finish(over?.exitStatus ?? null);
  }
  const sealed = await seal(made.recorder, cause, proof);
  return {
    kind: 'ended',
    cause,
    message: over?.message ?? null,
    exitStatus: over?.exitStatus ?? null,
    processesLeft: proof.processesLeft,
    recordingPath: sealed?.path ?? null,
    segments: sealed?.segments ?? 0,
    bytes: sealed?.bytes ?? 0,
  };
}

async function seal(
  recorder: Recorder | null,
  cause: EndCause,
  proof: EndProof,
): Promise<SealedRecording | null> {
  try {
    return recorder === null ? null : await recorder.seal({ cause, ...proof });
  } catch {
    // The recorder said so by `onFailed`; what is in the spool is found and closed at the next start.
    return null;
  }
}

/** The value of a promise, or `or` when it rejects or takes longer. */
export function within<T>(
  promise: Promise<T>,
  limit: { readonly deadlineMs: number; readonly or: T },
  timers: Timers,
): Promise<T> {
  return new Promise(resolve => {
    const dispose = timers.after(limit.deadlineMs, () => resolve(limit.or));
    promise.then(
      value => {
        dispose();
        resolve(value);
      },
      () => {
        dispose();
        resolve(limit.or);
      },
    );
  });
}
