import { HEARTBEAT_LOST_MS } from '../../contract/access.ts';
import { FromHost } from '../../contract/session-host.ts';
import type { ToHost } from '../../contract/session-host.ts';
import type { Dispose, Timers } from '../timers.ts';
import type { Heartbeat } from './heartbeat.ts';
import { startHeartbeat } from './heartbeat.ts';
import type { HostProcess, SessionHostHandle } from './session-host-client.ts';

export interface HandleOptions {
  readonly process: HostProcess;
  readonly timers: Timers;
  /** Ends what a lost host left of a session on this machine. */
  readonly endOrphans: (sessionId: string) => void;
  /** Once: the host is ready for a session. */
  readonly onReady: () => void;
  /** Once: the process is gone, or is being ended by force. `isExpected` after `close`. */
  readonly onGone: (isExpected: boolean) => void;
}

/** One host process: parses what it says, watches its heartbeat, ends it. Messages before `ready` are for nobody. */
export function createHandle(options: HandleOptions): SessionHostHandle {
  const { process: host, timers } = options;
  const exited = Promise.withResolvers<void>();
  let hasExited = false;
  let isClosing = false;
  let isGone = false;
  let sessionId: string | null = null;
  let heartbeat: Heartbeat | null = null;

  const gone = (): boolean => {
    if (isGone) return false;
    isGone = true;
    heartbeat?.dispose();
    options.onGone(isClosing);
    return true;
  };
  const lost = (why: 'exited' | 'unresponsive', message: string): void => {
    if (!gone() || isClosing) return;
    handle.onLost(why, message);
  };
  const sweep = (): void => {
    if (sessionId !== null) options.endOrphans(sessionId);
  };

  /** From `ready` on: until then the pool's own deadline holds, for starting a program may take long on a busy machine. */
  const listen = (): Heartbeat =>
    startHeartbeat({
      timers,
      send: n => host.post({ kind: 'heartbeat', n }),
      onSilence(isSilent) {
        // Whoever holds a session decides how long to wait for it; without one there is nothing to wait for.
        if (sessionId !== null) return handle.onSilence(isSilent);
        lost(
          'unresponsive',
          `A session's process gave no sign of life for ${HEARTBEAT_LOST_MS / 1000} seconds and was ended.`,
        );
        return host.kill();
      },
    });

  const handle: SessionHostHandle = {
    onMessage: () => undefined,
    onData: () => undefined,
    onLost: () => undefined,
    onSilence: () => undefined,
    send(message: ToHost) {
      if (message.kind === 'open') sessionId = message.sessionId;
      host.post(message);
    },
    async close(deadlineMs) {
      if (hasExited) return;
      isClosing = true;
      host.post({ kind: 'close' });
      const cancel: Dispose = timers.after(deadlineMs, () => host.kill());
      await exited.promise;
      cancel();
    },
  };

  host.onMessage = raw => {
    const parsed = FromHost.safeParse(raw);
    // What a host says that makes no sense counts as nothing said, not as a sign of life either.
    if (isGone || !parsed.success) return;
    heartbeat?.heard();
    const message = parsed.data;
    if (message.kind === 'data') handle.onData(message.frame);
    else if (message.kind === 'ready') {
      heartbeat ??= listen();
      options.onReady();
    } else if (message.kind !== 'heartbeat') handle.onMessage(message);
  };
  host.onExit = code => {
    hasExited = true;
    lost(
      'exited',
      `The session's process ended unexpectedly${code === null ? '' : ` (exit code ${code})`}. The session is over; its recording is closed at the next start. Open a new session.`,
    );
    sweep();
    exited.resolve();
  };
  return handle;
}
