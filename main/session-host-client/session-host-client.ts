import type { FromHost, ToHost } from '../../contract/session-host.ts';

/** One running session host process, seen from main. */
export interface SessionHostHandle {
  send(message: ToHost): void;
  /** Parsed control messages of the host; data frames come to `onData`. */
  onMessage: (message: Exclude<FromHost, { kind: 'data' }>) => void;
  /** Frames of the data plane (core/data-plane/frame.ts), host to terminal. */
  onData: (frame: Uint8Array) => void;
  /** Called once: the process is gone, or was without a session and silent for HEARTBEAT_LOST_MS (it is then ended by force). */
  onLost: (why: 'exited' | 'unresponsive', message: string) => void;
  /** With a session: it gave no sign of life for HEARTBEAT_LOST_MS, or does again. Ending it is the caller's to decide. */
  onSilence: (isSilent: boolean) => void;
  /** Ends the process: asks, then after the deadline by force. Resolves when it is gone. */
  close(deadlineMs: number): Promise<void>;
}

/** Hosts are started ahead, one spare at a time, so that a first prompt does not wait for a process to start. */
export interface SessionHostPool {
  /** A session is about to be opened: starts the process that `take` will give, where none is waiting. */
  prepare(): void;
  /** A fresh process for one session. Rejects with `host-failed` when hosts died too often lately. */
  take(): Promise<SessionHostHandle>;
  dispose(): Promise<void>;
}

/** What a shell provides: Electron's `utilityProcess.fork`, or `child_process.fork` in plain Node. */
export interface HostProcess {
  post(message: unknown): void;
  onMessage: (message: unknown) => void;
  onExit: (code: number | null) => void;
  kill(): void;
}
export type ForkHost = () => HostProcess;
