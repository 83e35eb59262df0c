import { decodeHostMessage, encodeTerminalMessage } from '../../../../core/data-plane/frame.ts';
import { SallyportError } from '../../../../contract/errors.ts';
import type { AppConnection } from '../../../app/app.ts';

/** A terminal without a screen: takes everything that a window would get, acknowledges it, types. */
export interface StoryTerminal {
  /** all output so far, as the renderer would have got it */
  readonly text: string;
  type(text: string): void;
  /** Resolves when output after `from` fits; with where that output ends. Rejects after `deadlineMs`. */
  until(pattern: RegExp, from: number, deadlineMs: number): Promise<number>;
}

export function attachStoryTerminal(window: AppConnection, sessionId: string): StoryTerminal {
  const decoder = new TextDecoder();
  const waiting = new Set<() => void>();
  let text = '';
  const attachment = window.attach(sessionId, {
    send(frame) {
      const message = decodeHostMessage(frame);
      if (message?.kind !== 'output') return;
      text += decoder.decode(message.bytes, { stream: true });
      // Acknowledged after this turn, as a terminal does when it has drawn.
      setImmediate(() => attachment.receive(encodeTerminalMessage({ kind: 'ack', seq: message.seq })));
      for (const check of waiting) check();
    },
    closed: () => undefined,
  });
  return {
    get text() {
      return text;
    },
    type: typed =>
      void attachment.receive(
        encodeTerminalMessage({ kind: 'input', bytes: new TextEncoder().encode(typed) }),
      ),
    until(pattern, from, deadlineMs) {
      return new Promise((resolve, reject) => {
        const check = () => {
          if (!pattern.test(text.slice(from))) return;
          stop();
          resolve(text.length);
        };
        const timer = setTimeout(() => {
          stop();
          reject(
            new SallyportError(
              'internal',
              `The terminal did not show ${String(pattern)} within ${deadlineMs} ms.`,
            ),
          );
        }, deadlineMs);
        const stop = () => {
          clearTimeout(timer);
          waiting.delete(check);
        };
        waiting.add(check);
        check();
      });
    },
  };
}
