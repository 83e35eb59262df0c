import { runHost } from '../../main/session-host/run-host.ts';
import type { Recorder } from '../../main/session-host/recorder/recorder.ts';
import { systemParts } from '../../main/session-host/system-parts.ts';
import { recoverSpools } from '../../main/session-host/system-recorder.ts';

/**
 * What the session host would be without its purpose: output passes as it came and nothing is recorded. Another composition of the same
 * parts, for `whole-app-ratio`; it is no part of any build, and the product has no switch that leads here.
 */
for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);

function createNullRecorder(): Recorder {
  return {
    accept: () => undefined,
    noteKey: () => undefined,
    holdFrom: () => undefined,
    hide: () => undefined,
    queuedBytes: 0,
    onDrain: () => undefined,
    onFailed: () => undefined,
    onHealth: () => undefined,
    seal: () => Promise.resolve({ path: '', segments: 0, bytes: 0 }),
    uploaded: () => Promise.resolve(),
  };
}

const NOTHING = new Uint8Array(0);

runHost(
  {
    ...systemParts,
    createRecorder: createNullRecorder,
    createRedactor: () => ({
      write: bytes => bytes,
      holdMs: null,
      flush: () => NOTHING,
      end: () => NOTHING,
      resize: () => NOTHING,
      noteInput: () => undefined,
      undecidedFrom: null,
    }),
  },
  recoverSpools,
);
