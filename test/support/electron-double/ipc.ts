import type { IpcMainInvokeEvent } from 'electron';
import type { FrameDouble, WebContentsDouble } from './web-contents.ts';

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

/** `ipcMain`: one handler a channel; arguments and answers are copied; of an error only its text reaches the page. */
export class IpcMainDouble {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** What `ipcRenderer.invoke` of a frame does. */
  async invoke(from: Sender, channel: string, args: readonly unknown[]): Promise<unknown> {
    // What cannot be copied is refused before it leaves the page.
    const copies = args.map(arg => structuredClone(arg));
    await Promise.resolve();
    try {
      const handler = this.#handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      return structuredClone(await handler(eventOf(from), ...copies));
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, { cause: error });
    }
  }
}

export interface Sender {
  readonly contents: WebContentsDouble;
  readonly frame: FrameDouble;
}

/** `senderFrame` is looked up when it is read: a frame that is gone by then is null. */
function eventOf({ contents, frame }: Sender): IpcMainInvokeEvent {
  const event = {
    type: 'frame' as const,
    frameId: frame.id,
    processId: contents.id,
    sender: contents,
    get senderFrame() {
      return frame.isGone ? null : frame;
    },
  };
  // The doubles have what the shell uses of `WebContents` and `WebFrameMain`, which is far from all.
  return event as unknown as IpcMainInvokeEvent;
}
