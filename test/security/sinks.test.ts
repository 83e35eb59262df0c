import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { SHOWN_VALUES } from '../../core/redaction/stream/testing/presentations.ts';
import { bytesOf, leaks } from '../../core/redaction/stream/testing/terminal.ts';
import { mariadbMissing, startMariadb } from '../support/mariadb.ts';
import { psqlMissing, startPostgres } from '../support/postgres.ts';
import { openSegments } from '../support/recording-bench.ts';
import { redisMissing, startRedis } from '../support/redis.ts';
import type { HostBench, StartedSession } from '../support/started-session.ts';
import { createHostBench } from '../support/started-session.ts';

/** The real session host over real programs: each value through a session of each kind, then every place that keeps or shows anything. */
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function createBench(): Promise<HostBench> {
  const bench = await createHostBench();
  cleanups.push(() => bench.dispose());
  return bench;
}

/** Ends the session and reads all that is left of it, by name. */
async function sinksOf(bench: HostBench, session: StartedSession): Promise<Record<string, string>> {
  const { terminal, open } = session;
  terminal.send({ kind: 'end', cause: 'operator' });
  const ended = await terminal.hears('ended');
  const path = ended.recordingPath ?? '';
  const contents = await openSegments(readFileSync(path), bench.identity);
  const events = contents.flatMap(content => content.events);
  // four characters of a value stand in any ciphertext by chance, a whole one does not
  const cipher = readFileSync(path).toString('latin1');
  expect(TEXTS.filter(text => cipher.includes(text))).toEqual([]);
  const output = events.flatMap(event => (event.kind === 'output' ? [event.bytes] : []));
  const files = readdirSync(open.spoolFolder, { recursive: true, encoding: 'utf8' });
  return {
    terminal: terminal.text,
    // four digits of a value stand in a time by chance
    messages: JSON.stringify(terminal.messages).replaceAll(/\b\d{13}(\.\d+)?\b/g, 'time'),
    logs: bench.logs.join('\n'),
    recording: Buffer.concat(output).toString('utf8'),
    markers: JSON.stringify(events.filter(event => event.kind !== 'output')),
    keyframes: JSON.stringify(contents.map(({ keyframe }) => keyframe)),
    names: files.join('\n'),
  };
}

async function leaksIn(sinks: Record<string, string>, values: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const [name, text] of Object.entries(sinks))
    for (const value of values)
      for (const piece of await leaks(value, bytesOf(text))) found.push(`${name}: ${piece}`);
  return found;
}

const TEXTS = SHOWN_VALUES.map(({ text }) => text);
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const row = (quote: (text: string) => string) =>
  SHOWN_VALUES.map(v => `${quote(v.text)} as ${v.key}`).join(', ');

describe('values that pass through a session are nowhere', () => {
  it('of a local shell: files, colours, titles, links, and typed', async () => {
    const bench = await createBench();
    const lines = SHOWN_VALUES.map(
      v =>
        `${v.label}${v.text}\n\x1b[31m${v.label}${v.text}\x1b[0m\n\x1b]2;${v.label}${v.text}\x07\x1b]8;;https://h/?${v.key}=${v.text.replaceAll(' ', '%20')}\x07link\x1b]8;;\x07\n{"${v.key}":"${v.text}"}\n`,
    ).join('');
    writeFileSync(join(bench.folder, 'values.txt'), lines);
    const session = await bench.start();
    const { terminal } = session;
    await terminal.sees(/[$#] /);
    terminal.send({ kind: 'gate', isOpen: true });
    terminal.type(`cat ${bench.folder}/values.txt; echo don''e\r`);
    await terminal.sees(/done\r/);
    for (const value of ['olga.ivanova@corp.ru', '4012888888881881']) {
      // as a person types: the next key when the one before has been echoed
      terminal.type(': ');
      for (const key of value) {
        const before = terminal.receivedBytes;
        terminal.type(key);
        await terminal.hasReceived(before + 1);
      }
      terminal.type(' ; echo typ\\ed\r');
      await terminal.sees(/typed\r/);
    }
    const sinks = await sinksOf(bench, session);
    expect(sinks['recording']).toContain('•');
    expect(sinks['markers']).toContain('email');
    // the echo of a key is seen before it is part of a value; nothing else of one is
    const { terminal: shown = '', ...rest } = sinks;
    expect(await leaksIn(rest, TEXTS)).toEqual([]);
    const beforeTyping = shown.slice(0, shown.indexOf('done\r'));
    expect(await leaksIn({ terminal: beforeTyping }, TEXTS)).toEqual([]);
  });

  it.skipIf(psqlMissing() !== null)('of psql: aligned, expanded, unaligned, csv and html', async () => {
    const server = await startPostgres();
    cleanups.push(() => server.stop());
    const bench = await createBench();
    const session = await bench.start({
      environment: { PATH: '/usr/bin:/bin', HOME: '/root', PAGER: 'cat' },
      target: {
        kind: 'postgres',
        host: server.host,
        port: server.port,
        database: server.database,
        account: server.username,
      },
      credential: {
        kind: 'password',
        username: server.username,
        password: server.password,
        validUntilMs: null,
      },
    });
    const { terminal } = session;
    await terminal.sees(/shop=> /);
    terminal.send({ kind: 'gate', isOpen: true });
    terminal.type('\\pset pager off\n');
    await terminal.sees(/Pager usage is off/);
    terminal.type(`create temp view v as select 1 as id, ${row(quoted)};\n`);
    await terminal.sees(/CREATE VIEW/);
    terminal.type(
      'select * from v \\g (format=aligned) \\g (format=aligned expanded=on) \\g (format=unaligned)\n',
    );
    terminal.type('select * from v \\g (format=csv) \\g (format=csv expanded=on) \\g (format=html)\n');
    terminal.type("select 'do' || 'ne';\n");
    await terminal.sees(/ done\r/);
    expect(await leaksIn(await sinksOf(bench, session), TEXTS)).toEqual([]);
  });

  it.skipIf(mariadbMissing() !== null)('of mysql: box and rows', async () => {
    const server = await startMariadb();
    cleanups.push(() => Promise.resolve(server.stop()));
    const bench = await createBench();
    const session = await bench.start({
      environment: { PATH: '/usr/bin:/bin', HOME: '/root' },
      target: {
        kind: 'mysql',
        host: server.host,
        port: server.port,
        database: server.database,
        account: server.username,
      },
      credential: {
        kind: 'password',
        username: server.username,
        password: server.password,
        validUntilMs: null,
      },
    });
    const { terminal } = session;
    await terminal.sees(/\[shop\]> /);
    terminal.send({ kind: 'gate', isOpen: true });
    terminal.type(`select 1 as id, ${row(quoted)};\n`);
    terminal.type(`select 1 as id, ${row(quoted)}\\G\n`);
    terminal.type("select concat('do', 'ne') as x;\n");
    await terminal.sees(/\| done \|/);
    expect(await leaksIn(await sinksOf(bench, session), TEXTS)).toEqual([]);
  });

  it.skipIf(redisMissing() !== null)('of redis-cli: hashes and values', async () => {
    const server = await startRedis();
    cleanups.push(() => Promise.resolve(server.stop()));
    const bench = await createBench();
    const session = await bench.start({
      environment: { PATH: '/usr/bin:/bin', HOME: '/root' },
      target: { kind: 'redis', host: server.host, port: server.port, account: server.username },
      credential: {
        kind: 'password',
        username: server.username,
        password: server.password,
        validUntilMs: null,
      },
    });
    const { terminal } = session;
    await terminal.sees(/> /);
    terminal.send({ kind: 'gate', isOpen: true });
    let replies = 0;
    for (const v of SHOWN_VALUES) {
      terminal.type(`hset u ${v.key} "${v.text}"\r`);
      await terminal.sees(new RegExp(`(?:\\(integer\\) 1[^]*){${++replies}}`));
    }
    terminal.type('hgetall u\r');
    await terminal.sees(/14\) [^]*> /);
    terminal.type('echo fin\r');
    await terminal.sees(/"fin"/);
    // what is typed ahead is the operator's own; redis-cli prints the whole line again for each key
    const sinks = await sinksOf(bench, session);
    for (const name of ['terminal', 'recording']) {
      const text = sinks[name] ?? '';
      sinks[name] = text.slice(text.indexOf('hgetall u'));
    }
    expect(sinks['recording']).toContain('full_name');
    expect(await leaksIn(sinks, TEXTS)).toEqual([]);
  });
});
