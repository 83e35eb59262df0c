import { appendFileSync } from 'node:fs';
import { SallyportError } from '../../contract/errors.ts';
import type { OpenSession } from '../../contract/session-host.ts';
import type { Recorder } from '../../main/session-host/recorder/recorder.ts';
import { runHost } from '../../main/session-host/run-host.ts';
import { createSystemRecorder } from '../../main/session-host/system-recorder.ts';
import { createTokenOf } from '../../main/session-host/token-of.ts';
import { openTransport } from '../../main/session-host/transports/open-transport.ts';
import { systemTimers } from '../../main/timers.ts';
import { fakeDetector, fakeRecorder, fakeRedactor } from './fake-session-parts.ts';

/**
 * A session host process with real transports and a recorder that misbehaves as `TEST_RECORDER` in the session's environment says:
 * `stuck` makes nothing durable until the terminal is resized, `refuses:N` takes N bytes, `throws` breaks at a "!" where nobody
 * expects it. What it accepted is appended to the file TEST_ACCEPTED, before it returns. Without TEST_RECORDER: the real one.
 */
function createRecorder(open: OpenSession, serverNowMs: () => number): Recorder | Promise<Recorder> {
  if (open.environment['TEST_RECORDER'] === undefined) return createSystemRecorder(open, serverNowMs);
  const [behaviour, limit] = (open.environment['TEST_RECORDER'] ?? '').split(':');
  const recorder = fakeRecorder();
  const accept = recorder.accept.bind(recorder);
  let accepted = 0;
  let isStuck = true;
  recorder.accept = event => {
    if (event.kind === 'output') {
      if (behaviour === 'refuses' && accepted + event.bytes.length > Number(limit)) {
        throw new SallyportError('spool-full', 'The spool is full.');
      }
      if (behaviour === 'throws' && event.bytes.includes(0x21)) {
        setImmediate(() => {
          throw new RangeError(`bad output: ${new TextDecoder().decode(event.bytes)}`);
        });
      }
      accepted += event.bytes.length;
      const file = open.environment['TEST_ACCEPTED'];
      if (file !== undefined) appendFileSync(file, event.bytes);
    }
    accept(event);
    if (behaviour !== 'stuck') return;
    if (event.kind === 'output' && isStuck) recorder.queuedBytes += event.bytes.length;
    if (event.kind !== 'resize') return;
    isStuck = false;
    recorder.queuedBytes = 0;
    setImmediate(recorder.onDrain);
  };
  return recorder;
}

runHost(
  {
    openTransport,
    createRecorder,
    createRedactor: fakeRedactor,
    createLineDetector: () => fakeDetector,
    createTokenOf,
    timers: systemTimers,
    wallNowMs: () => Date.now(),
  },
  () => Promise.resolve({ sessionIds: [], failed: [] }),
);
