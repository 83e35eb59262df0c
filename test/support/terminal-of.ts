import type { Transport } from '../../main/session-host/transports/transport.ts';

/** What a transport has written so far, and a way to wait for more of it. */
export interface CollectedTerminal {
  readonly transport: Transport;
  bytes(): Buffer;
  text(): string;
  /** Resolves when all output matches; rejects with the output when the session ends before. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  type(text: string): void;
}

/** Collects the output of a transport from its first byte. */
export function collectTerminal(transport: Transport): CollectedTerminal {
  const chunks: Buffer[] = [];
  const waiters = new Set<() => void>();
  let isOver = false;
  const wake = (): void => {
    for (const waiter of [...waiters]) waiter();
  };
  transport.onOutput = bytes => {
    chunks.push(Buffer.from(bytes));
    wake();
  };
  void transport.ended.then(() => {
    isOver = true;
    wake();
  });
  const bytes = (): Buffer => {
    const all = Buffer.concat(chunks);
    chunks.splice(0, chunks.length, all);
    return all;
  };
  return {
    transport,
    bytes,
    text: () => bytes().toString('utf8'),
    type: text => {
      if (!transport.write(Buffer.from(text))) throw new Error('the input was refused');
    },
    until: pattern =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(bytes().toString('utf8'));
          if (found !== null) {
            waiters.delete(look);
            resolve(found);
          } else if (isOver) {
            waiters.delete(look);
            reject(
              new Error(
                `the session ended without ${String(pattern)}: ${bytes().toString('utf8').slice(-2000)}`,
              ),
            );
          }
        };
        waiters.add(look);
        look();
      }),
  };
}
