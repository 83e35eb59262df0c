import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCommandFilter } from './redis-proxy.ts';
import { formatCommand, readReply, RedisError } from './redis-wire.ts';

async function filter(
  chunks: readonly Uint8Array[],
  allowed: ReadonlySet<string> | null = null,
): Promise<string> {
  const stream = createCommandFilter(allowed);
  const out: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => out.push(chunk));
  for (const chunk of chunks) stream.write(Buffer.from(chunk));
  stream.end();
  await new Promise((resolve, reject) => {
    stream.once('end', resolve);
    stream.once('error', reject);
  });
  return Buffer.concat(out).toString('latin1');
}

describe('the filter of Redis commands', () => {
  it('passes commands as they are and replaces logins, under any chunking', async () => {
    const input = Buffer.concat([
      formatCommand(['SET', 'key', 'AUTH in a value']),
      formatCommand(['auth', 'guess']),
      Buffer.from('PING\r\n'),
      Buffer.from('  Auth  guess\n'),
      formatCommand(['HELLO', '3', 'AUTH', 'u', 'p']),
      formatCommand(['HELLO', '3']),
    ]);
    const expected = await filter([input]);
    expect(expected).toContain('AUTH in a value');
    expect(expected).toContain('PING\r\n');
    expect(expected).not.toContain('guess');
    expect(expected.match(/was refused/g)).toHaveLength(3);
    expect(expected).toContain(formatCommand(['HELLO', '3']).toString());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(input.length), { maxLength: 8 }), async cuts => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), input.length];
        const chunks = at.slice(1).map((end, i) => input.subarray(at[i], end));
        expect(await filter(chunks)).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['config get requirepass', true],
    ['config get REQUIREPASS', true],
    ['config get require*', true],
    ['config get *', true],
    ['config get [r]equirepass', true],
    ['config get max* *pass', true],
    ['config get maxmemory', false],
    ['config get maxmemory*', false],
    ['acl list', true],
    ['acl whoami', false],
  ])('decides on "%s" whether it would show credentials', async (line, isRefused) => {
    const out = await filter([formatCommand(line.split(' '))]);
    expect(out.includes('was refused')).toBe(isRefused);
  });

  it('refuses denied commands, and scripts, which could run them', async () => {
    const stream = createCommandFilter(null, ['FLUSHALL', 'config set']);
    const out: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => out.push(chunk));
    for (const line of ['flushall async', 'CONFIG  SET a b', 'config get a', 'eval x 0', 'get flushall']) {
      stream.write(formatCommand(line.split(/ +/)));
    }
    const text = Buffer.concat(out).toString();
    expect(text.match(/was refused/g)).toHaveLength(3);
    expect(text).toContain(formatCommand(['config', 'get', 'a']).toString());
    expect(text).toContain(formatCommand(['get', 'flushall']).toString());
  });

  it('passes only what reads in a read-only session', async () => {
    const out = await filter(
      [formatCommand(['GET', 'a']), formatCommand(['SET', 'a', 'b'])],
      new Set(['get']),
    );
    expect(out).toContain(formatCommand(['GET', 'a']).toString());
    expect(out).not.toContain(formatCommand(['SET', 'a', 'b']).toString());
  });

  it('ends a connection that does not speak the protocol', async () => {
    await expect(filter([Buffer.from('*2\r\n:1\r\n')])).rejects.toThrow(/protocol/);
    await expect(filter([Buffer.from('*x\r\n')])).rejects.toThrow(/protocol/);
    await expect(filter([new Uint8Array(70_000).fill(0x61)])).rejects.toThrow(/protocol/);
  });
});

describe('replies of Redis', () => {
  it('are read whole or not at all', () => {
    const bytes = Buffer.from('*3\r\n$3\r\nget\r\n:2\r\n*1\r\n+readonly\r\n');
    for (let end = 0; end < bytes.length; end += 1) expect(readReply(bytes.subarray(0, end))).toBeNull();
    expect(readReply(bytes)).toEqual({ reply: ['get', 2, ['readonly']], next: bytes.length });
    expect(readReply(Buffer.from('-ERR no\r\n'))?.reply).toEqual(new RedisError('ERR no'));
    expect(readReply(Buffer.from('$-1\r\n'))?.reply).toBeNull();
  });
});
