import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPostgresFence } from './postgres-fence.ts';
import { statementErrorMessage, typedMessage } from './postgres-messages.ts';

const query = (sql: string): Buffer => typedMessage('Q', Buffer.from(`${sql}\0`));
const ready = (status: string): Buffer => typedMessage('Z', Buffer.from(status));
const gate = (sql: string): string | null => (sql.includes('salaries') ? 'no' : null);

function open() {
  const client = new PassThrough();
  const { fromClient, fromServer } = createPostgresFence(gate, client);
  const sent: Buffer[] = [];
  fromClient.on('data', (bytes: Buffer) => sent.push(bytes));
  fromClient.on('error', () => undefined);
  // As in the proxy: what the server says goes to the client.
  fromServer.on('data', (bytes: Buffer) => client.write(bytes));
  return {
    fromClient,
    fromServer,
    sent: () => Buffer.concat(sent),
    shown: () => (client.read() as Buffer | null) ?? Buffer.alloc(0),
  };
}

describe('the fence of a scope before PostgreSQL', () => {
  it('passes and refuses the same under any cuts, with the state of the transaction', () => {
    const input = Buffer.concat([
      query('select 1 from salaries'),
      query('begin'),
      typedMessage('X', Buffer.alloc(0)),
    ]);
    fc.assert(
      fc.property(fc.array(fc.nat(input.length), { maxLength: 6 }), cuts => {
        const fence = open();
        fence.fromServer.write(ready('T'));
        const at = [0, ...cuts.toSorted((a, b) => a - b), input.length];
        for (const [i, end] of at.slice(1).entries()) fence.fromClient.write(input.subarray(at[i], end));
        expect(fence.sent()).toEqual(Buffer.concat([query('begin'), typedMessage('X', Buffer.alloc(0))]));
        expect(fence.shown()).toEqual(
          Buffer.concat([
            ready('T'),
            statementErrorMessage('42501', 'Sallyport did not send this: no'),
            ready('T'),
          ]),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('waits with its answer for the end of a message of the server', () => {
    const fence = open();
    const notice = typedMessage('N', Buffer.from('SNOTICE\0\0'));
    fence.fromServer.write(notice.subarray(0, 7));
    fence.fromClient.write(query('select 1 from salaries'));
    expect(fence.shown()).toEqual(notice.subarray(0, 7));
    fence.fromServer.write(notice.subarray(7));
    const rest = fence.shown();
    expect(rest.subarray(0, notice.length - 7)).toEqual(notice.subarray(7));
    expect(rest.toString()).toContain('did not send this');
  });

  it.each([
    ['a query that does not wait for the one before', [query('select 1'), query('select 1 from salaries')]],
    ['a prepared statement', [typedMessage('P', Buffer.from('name\0select 1 from salaries\0\0\0'))]],
    ['a function call', [typedMessage('F', Buffer.alloc(10))]],
    ['a statement that is too long', [query(`select '${'x'.repeat(1024 * 1024)}'`)]],
    ['a message that is none', [Buffer.from([0x51, 0, 0, 0, 0])]],
  ])('ends the connection at %s', (_, messages) => {
    const fence = open();
    fence.fromClient.write(Buffer.concat(messages));
    expect(fence.fromClient.destroyed).toBe(true);
    expect(fence.sent().toString()).not.toContain('salaries');
    expect(fence.shown().toString()).toContain('SFATAL');
  });
});
