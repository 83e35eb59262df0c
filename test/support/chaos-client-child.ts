import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { AccountId } from '../../contract/ids.ts';
import { RecordingHealth } from '../../contract/recording.ts';
import { decodeHostMessage, encodeTerminalMessage } from '../../core/data-plane/frame.ts';
import { createNodeClient } from '../../main/app/create-node-client.ts';
import type { ChaosClientMessage } from '../chaos/chaos-client.ts';

/**
 * A client to be killed. Arguments: profile folder, account. Each line on stdin is a grant to open a session under, or `close`; what happens is told on
 * stdout as JSON lines, written before the next thing happens: what was shown is known even of a client that was killed.
 */
const [, , profileFolder = '', accountId = ''] = process.argv;
/** Typed key by key, so that kills come while a line is typed. */
const TYPED = 'ls -ld /usr/../usr/bin';
const KEY_EVERY_MS = 40;
/** A numbered line each few milliseconds, for as long as it is let. */
const COMMAND = `perl -e '$|=1; for (;;) { print ++$n, " of the lines\\n"; select undef, undef, undef, 0.004 }'\r`;

const tell = (message: ChaosClientMessage): void => void process.stdout.write(`${JSON.stringify(message)}\n`);
const app = createNodeClient({ profileFolder, environment: process.env });
const connection = app.connect((name, payload) => {
  if (name !== 'session.recording') return;
  const { sessionId, health } = payload as { sessionId: string; health: unknown };
  const { uploadedBytes, safeUpToMs } = RecordingHealth.parse(health);
  tell({ kind: 'safe', sessionId, uploadedBytes, safeUpToMs });
});
await connection.request('account.use', { accountId: AccountId.parse(accountId) });
let session: { readonly id: string; type(text: string): void } | null = null;
tell({ kind: 'ready' });

async function open(grantId: string): Promise<void> {
  const answer = await connection.request('session.open', { grantId, cols: 80, rows: 24 });
  if (!answer.ok) return tell({ kind: 'refused', message: answer.error.message });
  const { sessionId } = answer.value as { sessionId: string };
  tell({ kind: 'opened', sessionId });
  const take = (frame: Uint8Array): void => {
    const message = decodeHostMessage(frame);
    if (message?.kind !== 'output') return;
    tell({
      kind: 'shown',
      sessionId,
      atMs: Date.now(),
      base64: Buffer.from(message.bytes).toString('base64'),
    });
    setImmediate(() => attachment.receive(encodeTerminalMessage({ kind: 'ack', seq: message.seq })));
  };
  const attachment = connection.attach(sessionId, { send: take, closed: () => undefined });
  const type = (text: string): void => {
    attachment.receive(encodeTerminalMessage({ kind: 'input', bytes: new TextEncoder().encode(text) }));
  };
  session = { id: sessionId, type };
  for (const key of TYPED) {
    type(key);
    await delay(KEY_EVERY_MS);
  }
  type(`\r${COMMAND}`);
}

createInterface({ input: process.stdin }).on('line', line => {
  if (line !== 'close') void open(line);
  else if (session !== null) void connection.request('session.end', { sessionId: session.id });
});
