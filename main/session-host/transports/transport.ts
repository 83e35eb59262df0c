/**
 * A transport carries one terminal session to its target. Every transport passes one contract suite
 * (test/contract/transport-suite.ts): open, output, resize, pause and resume, end, end of the whole process tree, error.
 */
export interface Transport {
  /** Resolves when the target's terminal is there; rejects with a `SallyportError` that tells a person what to do. */
  readonly opened: Promise<void>;
  /** Raw output, in order, until `ended` resolves. Set before the first tick after creation. */
  onOutput: (bytes: Uint8Array) => void;
  /** Input for the program. Returns false (and takes nothing) when too much input is waiting already. */
  write(bytes: Uint8Array): boolean;
  resize(cols: number, rows: number): void;
  /** Stops output at the source; nothing that the program wrote is lost, also when it exits while paused. */
  pause(): void;
  resume(): void;
  /**
   * Ends everything that this transport started: hang-up, then after `deadlineMs` by force; channels, forwarded ports and proxy
   * connections are closed. Resolves with the proof.
   */
  end(deadlineMs: number): Promise<EndProof>;
  /** Resolves once when the program or the remote side is over and all its output was delivered. Never rejects. */
  readonly ended: Promise<TransportEnd>;
}

export interface TransportEnd {
  readonly exitStatus: number | null;
  readonly signal: string | null;
  /** what went wrong, in words for a person; null for an ordinary end */
  readonly message: string | null;
}

export interface EndProof {
  /** processes of this session that are still alive, or null where the system cannot tell (remote) */
  readonly processesLeft: number | null;
  /** whether the channel to a remote target is closed; null for local ones */
  readonly isChannelClosed: boolean | null;
}
