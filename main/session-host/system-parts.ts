import { createLineDetector } from '../../core/redaction/detect/create-line-detector.ts';
import { createRedactor } from '../../core/redaction/stream/create-redactor.ts';
import { systemTimers } from '../timers.ts';
import type { SessionParts } from './session-parts.ts';
import { createSystemRecorder } from './system-recorder.ts';
import { createTokenOf } from './token-of.ts';
import { openTransport } from './transports/open-transport.ts';

/** The real parts of a session. */
export const systemParts: SessionParts = {
  openTransport,
  createRecorder: createSystemRecorder,
  createRedactor,
  createLineDetector,
  createTokenOf,
  timers: systemTimers,
  wallNowMs: () => Date.now(),
};
