/** One server-sent event (WHATWG HTML, 9.2.6). `id` is that of this event alone, or null. */
export interface SseMessage {
  readonly id: string | null;
  readonly event: string;
  readonly data: string;
}

/** An event longer than this is no event of ours: the connection is given up. */
const MAX_EVENT_CHARS = 4 * 1024 * 1024;

/** Takes a stream of bytes cut anywhere; calls `onMessage` for each complete event. Throws where one grows without end. */
export function createSseParser(onMessage: (message: SseMessage) => void): (bytes: Uint8Array) => void {
  const decoder = new TextDecoder();
  let rest = '';
  let id: string | null = null;
  let event = '';
  let data: string[] = [];
  let dataChars = 0;

  const takeLine = (line: string): void => {
    if (line === '') {
      if (data.length > 0) onMessage({ id, event: event || 'message', data: data.join('\n') });
      id = null;
      event = '';
      data = [];
      dataChars = 0;
      return;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') {
      data.push(value);
      dataChars += value.length;
    } else if (field === 'event') event = value;
    else if (field === 'id') id = value;
  };

  return bytes => {
    rest += decoder.decode(bytes, { stream: true });
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    lines.forEach(takeLine);
    if (rest.length + dataChars > MAX_EVENT_CHARS) throw new Error('an event of the server has no end');
  };
}
