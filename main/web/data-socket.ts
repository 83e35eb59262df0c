import type { WebSocket } from 'ws';
import { SallyportError } from '../../contract/errors.ts';
import type { AppConnection } from '../app/app.ts';
import type { Attachment } from '../sessions/terminal-relay.ts';
import { POLICY_VIOLATION } from './ipc-socket.ts';

/** Application codes (RFC 6455, 7.4.2). */
export const TAKEN_OVER = 4000;
const NORMAL = 1000;
/** The window's acknowledgements bound what is on its way (512 KiB), besides the kept output (1 MiB): more is a fault. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024;

/** One terminal's data plane: binary frames of core/data-plane/frame.ts. */
export function serveDataSocket(socket: WebSocket, connection: AppConnection, sessionId: string): void {
  let attachment: Attachment;
  try {
    attachment = connection.attach(sessionId, {
      send(frame) {
        if (socket.readyState !== socket.OPEN) return;
        if (socket.bufferedAmount > MAX_UNSENT_BYTES) socket.terminate();
        else socket.send(frame);
      },
      closed(why) {
        if (why === 'ended') socket.close(NORMAL, 'the session is over');
        else socket.close(TAKEN_OVER, 'another terminal took over');
      },
    });
  } catch (error) {
    // A close reason holds 123 bytes.
    socket.close(POLICY_VIOLATION, error instanceof SallyportError ? error.message.slice(0, 100) : 'refused');
    return;
  }
  socket.on('message', (data, isBinary) => {
    const bytes = isBinary && data instanceof Uint8Array ? data : null;
    if (bytes === null || !attachment.receive(bytes)) socket.close(POLICY_VIOLATION, 'not a frame');
  });
  socket.on('close', () => attachment.detach());
}
