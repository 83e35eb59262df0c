import type { CommandIo } from '../command.ts';

/** Standard input as text, to its end or to SIGINT. Bytes that are no UTF-8 become U+FFFD. */
export async function* inputText(io: CommandIo): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const onAbort = (): void => {
    io.stdin.destroy();
  };
  io.signal.addEventListener('abort', onAbort, { once: true });
  try {
    for await (const chunk of io.stdin as AsyncIterable<Uint8Array | string>)
      yield typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!io.signal.aborted) throw error;
  } finally {
    io.signal.removeEventListener('abort', onAbort);
  }
}
