import { chmod } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import type { SshIdentity } from './ssh-identity.ts';
import { readSshString, sshString, sshUint32 } from './ssh-wire.ts';

const FAILURE = 5;
const REQUEST_IDENTITIES = 11;
const IDENTITIES_ANSWER = 12;
const SIGN_REQUEST = 13;
const SIGN_RESPONSE = 14;
/** A signature request carries a certificate and a session id: well below this. */
const MAX_MESSAGE_BYTES = 64 * 1024;

/**
 * An SSH agent on a unix socket that knows one key with its certificate, so that `ssh` can use it while the private key never
 * leaves this process (draft-ietf-sshm-ssh-agent, sections 4.5 and 4.6). It answers nothing else. The socket belongs in a private folder.
 */
export async function serveSshAgent(socketPath: string, identity: SshIdentity): Promise<() => Promise<void>> {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    let received = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', chunk => {
      received = Buffer.concat([received, chunk]);
      for (let message = readSshString(received, 0); message !== null; message = readSshString(received, 0)) {
        received = received.subarray(message.next);
        socket.write(sshString(answer(message.value, identity)));
      }
      if (received.length > MAX_MESSAGE_BYTES) socket.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  await chmod(socketPath, 0o600);
  return async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>(resolve => server.close(() => resolve()));
  };
}

function answer(request: Buffer, identity: SshIdentity): Buffer {
  if (request[0] === REQUEST_IDENTITIES) {
    return Buffer.concat([
      Buffer.from([IDENTITIES_ANSWER]),
      sshUint32(1),
      sshString(identity.offeredBlob),
      sshString('sallyport'),
    ]);
  }
  if (request[0] === SIGN_REQUEST) {
    const key = readSshString(request, 1);
    const bytes = key === null ? null : readSshString(request, key.next);
    const isOurs =
      key !== null && (key.value.equals(identity.offeredBlob) || key.value.equals(identity.publicBlob));
    if (isOurs && bytes !== null) {
      return Buffer.concat([Buffer.from([SIGN_RESPONSE]), sshString(identity.sign(bytes.value))]);
    }
  }
  return Buffer.from([FAILURE]);
}
