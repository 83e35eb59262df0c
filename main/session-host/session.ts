import type { EndCause, LockReason } from '../../contract/access.ts';
import type { Failure } from '../../contract/errors.ts';
import type { FromHost, OpenSession, ToHost } from '../../contract/session-host.ts';
import { assertNever } from '../../core/assert-never.ts';
import { decodeTerminalMessage } from '../../core/data-plane/frame.ts';
import { failureOf } from './failure-of.ts';
import { createExposureMeter } from './exposure-meter.ts';
import { createGrantFence } from './grant-fence.ts';
import { createInputGate } from './input-gate.ts';
import type { Recorder } from './recorder/recorder.ts';
import { createResizeLimiter } from './resize-limiter.ts';
import type { SessionParts } from './session-parts.ts';
import type { SessionRun } from './session-run.ts';
import { endRun, startRun, within } from './session-run.ts';

/** Opening a program is a matter of milliseconds; an end does not wait longer for one that is still being made. */
const MAKE_DEADLINE_MS = 5_000;

export type SessionMessage = Extract<
  ToHost,
  { kind: 'gate' | 'cover' | 'note' | 'lift' | 'alert' | 'extend' | 'end' | 'data' }
>;

/** One session: what main says about it goes in here, what happens in it is posted. */
export interface Session {
  receive(message: SessionMessage): void;
  /** A sign of life from main. */
  heard(): void;
  /** Something inside broke: says so, then ends. */
  fail(error: Failure): Promise<void>;
  /** Closes the gate in this tick, ends everything, seals. Resolves when `ended` was posted. The first cause stays. */
  end(cause: EndCause): Promise<void>;
  /** Stops waiting for the server to have the whole recording; the next start goes on uploading. */
  leaveUpload(): void;
}

/** Opens a session; posts `opened`, or `failed` and then `ended`. */
export function openSession(
  open: OpenSession,
  post: (message: FromHost) => void,
  parts: SessionParts,
): Session {
  const { timers } = parts;
  const serverZeroMs = parts.wallNowMs() + open.clockOffsetMs - timers.nowMs();
  const serverNowMs = (): number => serverZeroMs + timers.nowMs();
  const uploadAbort = new AbortController();
  let recorder: Recorder | null = null;
  let run: SessionRun | null = null;
  let ending: Promise<void> | null = null;
  let isCovered = false;
  let isBlockAsked = false;
  /** markers that came before there was a recording to hold them */
  let early: ((pipeline: SessionRun['pipeline']) => void)[] = [];
  /** asked for before there was a transport, else null */
  let size: { readonly cols: number; readonly rows: number } | null = null;

  const askLock = (reason: LockReason, message: string): void => post({ kind: 'lock', reason, message });

  const meter = createExposureMeter({
    budget: open.grant.budget,
    timers,
    onOver(message) {
      setCovered(true);
      askLock('budget', message);
    },
    onExposure: exposure => post({ kind: 'exposure', exposure }),
  });
  const gate = createInputGate({
    pass(bytes) {
      if (run === null) return false;
      run.pipeline.noteInput(bytes);
      return run.transport.write(bytes);
    },
    onChange: isOpen => post({ kind: 'gate', isOpen }),
  });
  const setCovered = (covered: boolean): void => {
    gate.setCovered(covered);
    isCovered = covered;
    run?.pipeline.setCovered(covered);
  };
  const requestResize = createResizeLimiter({
    timers,
    cols: open.cols,
    rows: open.rows,
    apply(cols, rows) {
      size = { cols, rows };
      run?.pipeline.resize(cols, rows);
      run?.transport.resize(cols, rows);
    },
  });
  const fence = createGrantFence({
    timers,
    serverNowMs,
    exp: open.grant.exp,
    graceMs: open.grant.session.graceMs,
    onExpired() {
      setCovered(true);
      askLock('grant-expired', 'The grant is over: the session host closed the session by its own clock.');
    },
    onOverdue: () => void end('grant-expired'),
    onSilent() {
      gate.allow(false);
      askLock(
        'policy-stale',
        'The session host heard nothing from the client for too long and closed the input.',
      );
    },
  });

  const make = async (): Promise<SessionRun> => {
    recorder = await parts.createRecorder(open, serverNowMs);
    recorder.onHealth = health => post({ kind: 'recording', health });
    const made = startRun(open, parts, {
      recorder,
      serverNowMs,
      onFrame: frame => post({ kind: 'data', frame }),
      onMasked: (counts, reasons) => post({ kind: 'masked', counts, reasons: [...reasons] }),
      onValue: meter.value,
      onRows: meter.rows,
      onBlocked(mark) {
        gate.allow(false);
        if (isBlockAsked) return;
        isBlockAsked = true;
        askLock(
          'budget',
          `The policy blocks a session that shows "${mark.entity}". One was found and masked; an approver can lift the lock.`,
        );
      },
      onRecorderFailed(message) {
        gate.shut();
        askLock('recorder-failed', message);
      },
    });
    run = made;
    for (const mark of early) mark(made.pipeline);
    early = [];
    if (isCovered) made.pipeline.setCovered(true);
    if (size !== null) {
      made.pipeline.resize(size.cols, size.rows);
      made.transport.resize(size.cols, size.rows);
    }
    return made;
  };
  const making = make();
  making
    .then(async made => {
      await made.transport.opened;
      if (ending !== null) return;
      post({ kind: 'opened' });
      await made.transport.ended;
      await end('exited');
    })
    .catch((error: unknown) => fail(failureOf(error)));

  const finish = async (cause: EndCause): Promise<void> => {
    gate.shut();
    fence.dispose();
    meter.dispose();
    const made = await within<SessionRun | null>(making, { deadlineMs: MAKE_DEADLINE_MS, or: null }, timers);
    const ended = await endRun({ run: made, recorder }, cause, timers);
    // A transport that came too late for the end is ended all the same.
    if (made === null) void making.then(late => late.transport.end(0)).catch(() => undefined);
    post(ended);
    if (recorder === null || ended.recordingPath === null) return;
    recorder.uploaded(uploadAbort.signal).then(
      () => post({ kind: 'uploaded', sessionId: open.sessionId }),
      // Main closed the host first, or the server refused for good: `recording` (health) said so.
      () => undefined,
    );
  };
  const end = (cause: EndCause): Promise<void> => (ending ??= finish(cause));
  const fail = (error: Failure): Promise<void> => {
    // A refusal that comes because the session is being ended is no failure.
    if (ending !== null) return ending;
    post({ kind: 'failed', error });
    return end('failed');
  };

  const marked = (mark: (pipeline: SessionRun['pipeline']) => void): void => {
    if (run !== null) mark(run.pipeline);
    else if (ending === null) early.push(mark);
  };

  const receiveFrame = (frame: Uint8Array): void => {
    const message = decodeTerminalMessage(frame);
    switch (message?.kind) {
      case undefined:
        return;
      case 'ack':
        return run?.pipeline.acked(message.seq);
      case 'input':
        return void gate.input(message.bytes);
      case 'resize':
        return ending === null ? requestResize(message.cols, message.rows) : undefined;
      default:
        return assertNever(message);
    }
  };

  return {
    heard: fence.heard,
    fail,
    end,
    leaveUpload: () => uploadAbort.abort(),
    receive(message) {
      switch (message.kind) {
        case 'gate':
          isBlockAsked &&= !message.isOpen;
          return gate.allow(message.isOpen);
        case 'cover':
          return setCovered(message.isCovered);
        case 'note':
          return marked(pipeline => pipeline.note(message.phase, message.text));
        case 'lift':
          return meter.lift();
        case 'alert':
          return marked(pipeline => pipeline.alert(message.text));
        case 'extend':
          return fence.extend(message.exp);
        case 'end':
          return void end(message.cause);
        case 'data':
          return receiveFrame(message.frame);
        default:
          return assertNever(message);
      }
    },
  };
}
