import { describe, expect, it } from 'vitest';
import type { Marker } from '../../../contract/recording.ts';
import { decodeSegment } from '../../../core/recording/segment.ts';
import { fakeTimers } from '../../../test/support/fake-timers.ts';
import { keyNotesOf } from '../pipeline/key-notes.ts';
import { promptOf } from './prompts.ts';
import type { CutSegment } from './segment-cutter.ts';
import { createSegmentCutter } from './segment-cutter.ts';

/** A session as the cutter sees it: what the terminal was sent, and that keys were pressed. */
function session() {
  const timers = fakeTimers();
  const cuts: CutSegment[] = [];
  const cutter = createSegmentCutter({
    cols: 40,
    rows: 10,
    timers,
    marginMs: () => 50,
    onCut: segment => cuts.push(segment),
    onFault(error) {
      throw error;
    },
  });
  let seq = 0;
  const output = (text: string) => {
    seq += 1;
    timers.advance(10);
    cutter.add({ kind: 'output', atMs: timers.nowMs(), seq, bytes: new TextEncoder().encode(text) });
  };
  const press = (keys: string) => {
    timers.advance(10);
    for (const note of keyNotesOf(new TextEncoder().encode(keys)))
      cutter.add({ kind: 'key', atMs: timers.nowMs(), note });
  };
  /** types a line that is echoed as `shown` */
  const enter = (line: string, shown = line) => {
    for (const [index, key] of [...line].entries()) {
      press(key);
      output([...shown][index] ?? '');
    }
    press('\r');
    output('\r\n');
  };
  const commands = (): Marker[] => {
    cutter.cut();
    return cuts
      .flatMap(({ plain }) => decodeSegment(plain)?.events ?? [])
      .flatMap(event => (event.kind === 'marker' ? [event.marker] : []));
  };
  return { timers, output, press, enter, commands };
}

const shell = (text: string) => ({ kind: 'command', text, exitCode: null, language: 'shell' });
const sql = (text: string) => ({ kind: 'command', text, exitCode: null, language: 'sql' });

describe('commands', () => {
  it('are what the screen shows behind a prompt once it was entered', () => {
    const { output, enter, commands } = session();
    output('web-01:~$ ');
    enter('ls -la');
    output('total 0\r\nweb-01:~$ ');
    enter('sudo id $ '.trim());
    output('[sudo] password for ops: ');
    enter('hunter2', '');
    output('uid=0\r\nContinue? [y/N] ');
    enter('y');
    expect(commands()).toEqual([shell('ls -la'), shell('sudo id $')]);
  });

  it('are found over several rows, recalled from the history, and behind much output', () => {
    const { output, press, enter, commands } = session();
    output('$ ');
    enter(`echo ${'x'.repeat(60)}`);
    output(`${'line\r\n'.repeat(500)}$ `);
    press('\x1b[A');
    output('make test');
    press('\r');
    output(`\r\n${'ok\r\n'.repeat(500)}$ `);
    expect(commands()).toEqual([shell(`echo ${'x'.repeat(60)}`), shell('make test')]);
  });

  it('are as the screen shows them: masked, corrected, not those that were left', () => {
    const { output, press, enter, commands } = session();
    output('$ ');
    enter('mail anna@example.org', 'mail ••••••••••••••••');
    output('$ ');
    press('rm -rf /');
    output('rm -rf /');
    press('\x03');
    output('^C\r\n$ ');
    press('lx');
    output('lx');
    press('\x7f');
    output('\b \b');
    enter('s');
    expect(commands()).toEqual([shell('mail ••••••••••••••••'), shell('ls')]);
  });

  it('are not looked for in full-screen programs', () => {
    const { output, enter, commands } = session();
    output('$ \x1b[?1049h\x1b[H# ');
    enter('not a command');
    expect(commands()).toEqual([]);
  });

  it('are statements in a database client, put together where they took several lines', () => {
    const { output, enter, commands } = session();
    output('shop=> ');
    enter('\\d orders');
    output('shop=> ');
    enter('SELECT *');
    output('shop-> ');
    enter('FROM orders;');
    output('shop=> ');
    enter('SELECT 1');
    output('shop-> ');
    expect(commands()).toEqual([sql('\\d orders'), sql('SELECT *\nFROM orders;')]);
  });

  it('come with exit code and duration where the shell marks them', () => {
    const { timers, output, press, commands } = session();
    const prompt = '\x1b]133;A\x07user$ \x1b]133;B\x07';
    output(prompt);
    press('f');
    output('false');
    press('\r');
    output('\r\n\x1b]133;C\x07');
    timers.advance(1_500);
    output(`out\r\n\x1b]133;D;1\x07${prompt}`);
    output('true\r\n\x1b]133;C\x07\x1b]133;D;0\x07');
    const found = commands();
    expect(found).toMatchObject([
      shell('false'),
      { text: 'false', exitCode: 1 },
      shell('true'),
      { text: 'true', exitCode: 0, tookMs: 0 },
    ]);
    expect(found[1]).toHaveProperty('tookMs', 1_510);
  });
});

describe('a prompt', () => {
  it.each([
    ['user@host:~$ ', 'shell'],
    ['[root@web ~]# ', 'shell'],
    ['% ', 'shell'],
    ['~/src ❯ ', 'shell'],
    ['shop=> ', 'sql'],
    ['shop=# ', 'sql'],
    ['shop-> ', 'sql-more'],
    ["shop'> ", 'sql-more'],
    ['mysql> ', 'sql'],
    ['MariaDB [shop]> ', 'sql'],
    ['    -> ', 'sql-more'],
    ['Continue? [y/N] ', null],
    ['Password: ', null],
    ['', null],
  ])('%j is that of %s', (left, prompt) => {
    expect(promptOf(left)).toBe(prompt);
  });
});
