import type { Redactor } from '../../../core/redaction/redactor.ts';
import type { CommandIo, ExitCode } from '../command.ts';
import { EXIT } from '../command.ts';
import { quietBrokenPipe, write } from '../write.ts';
import { createLineEnds } from './line-ends.ts';

/** Input to output until either ends. Each read, and each hold-back timer, is one step; steps never overlap. */
export async function redactStream(
  redactor: Redactor,
  io: CommandIo,
  isBlocked: () => boolean,
): Promise<ExitCode> {
  const ends = createLineEnds();
  let timer: NodeJS.Timeout | undefined;
  let isGone = false;
  let steps: Promise<unknown> = Promise.resolve();
  const quiet = quietBrokenPipe(io.stdout, () => {
    isGone = true;
    io.stdin.destroy();
  });
  const step = (produce: () => Uint8Array): Promise<void> => {
    const next = steps.then(async () => {
      clearTimeout(timer);
      const bytes = ends.leave(produce());
      if (bytes.length > 0 && !isGone) isGone = !(await write(io.stdout, bytes));
      const { holdMs } = redactor;
      if (holdMs !== null) timer = setTimeout(() => void step(() => redactor.flush()), holdMs);
    });
    steps = next;
    return next;
  };
  const onAbort = (): void => {
    io.stdin.destroy();
  };
  io.signal.addEventListener('abort', onAbort, { once: true });
  try {
    for await (const chunk of io.stdin as AsyncIterable<Uint8Array | string>) {
      const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
      await step(() => redactor.write(ends.enter(bytes)));
      if (isGone || isBlocked()) break;
    }
  } catch (error) {
    if (!io.signal.aborted && !isGone) throw error;
  } finally {
    io.signal.removeEventListener('abort', onAbort);
  }
  if (!isGone && !isBlocked()) {
    await step(() => redactor.end());
    await write(io.stdout, ends.end());
  }
  clearTimeout(timer);
  await steps;
  quiet.dispose();
  return isBlocked() ? EXIT.refused : EXIT.ok;
}
