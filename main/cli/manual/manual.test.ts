import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bashCompletion } from '../completion/bash.ts';
import { describeCompletion } from '../completion/description.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';
import { COMMANDS, loadCommands } from '../command-list.ts';
import type { Command } from '../command.ts';
import { fill } from './fill.ts';
import { helpText } from './help-text.ts';
import { manPage } from './man-page.ts';
import { optionsInUsage, placesOf, verbsOf } from './usage.ts';

/** A folder of its own: commands make a profile in it. */
const home = mkdtempSync(join(tmpdir(), 'sallyport-home-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
let commands: readonly Command[];
beforeAll(async () => {
  commands = await loadCommands();
});
const named = (name: string): Command => {
  const found = commands.find(each => each.name === name);
  if (found === undefined) throw new Error(`no command ${name}`);
  return found;
};

describe('the descriptions of the commands', () => {
  it('have the names and summaries of the overview', () => {
    expect(commands.map(({ name, summary }) => [name, summary])).toEqual(
      Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary]),
    );
  });

  it('show no option in a usage that the command does not take', () => {
    for (const { name, help, options } of commands)
      expect({ name, unknown: optionsInUsage(help.usage).filter(each => !(each in options)) }).toEqual({
        name,
        unknown: [],
      });
  });

  it('begin each usage with the command, and explain each of its verbs and no other', () => {
    for (const command of commands) {
      for (const line of command.help.usage) expect(line.split(' ')[0]).toBe(command.name);
      // each step on the way is a verb, too: `policy` besides `policy check`
      expect([command.name, ...Object.keys(command.help.verbs ?? {}).sort()]).toEqual([
        command.name,
        ...verbsOf(command).sort(),
      ]);
    }
  });

  it('say what stands for the value of each option that takes one', () => {
    for (const { name, options } of commands)
      for (const [option, { type, value, about }] of Object.entries(options)) {
        expect(about, `${name} --${option}`).not.toBe('');
        expect(value !== undefined, `${name} --${option}`).toBe(type === 'string');
      }
  });

  it.each(['admin', 'keys', 'server', 'completion'])('%s knows each verb of its usage', async name => {
    const profile = mkdtempSync(join(tmpdir(), 'sallyport-verbs-'));
    try {
      const all = verbsOf(named(name));
      for (const verb of all.filter(each => !all.some(other => other.startsWith(`${each} `)))) {
        const stop = name === 'admin' || name === 'keys' ? ['--profile', profile] : ENOUGH;
        expect(await refusalOf(name, [...verb.split(' '), ...stop])).not.toMatch(
          /there is no "|say what to do/i,
        );
      }
      expect(await refusalOf(name, ['nonsense'])).toMatch(/there is no "|name one shell/i);
    } finally {
      rmSync(profile, { recursive: true, force: true });
    }
  });
});

/** Arguments that stop a verb before it does anything; others stop at a profile without accounts. */
const ENOUGH = ['too', 'many', 'arguments', 'in', 'here'];

async function refusalOf(name: string, args: readonly string[]): Promise<string> {
  const io = {
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    signal: new AbortController().signal,
    environment: { HOME: home },
  };
  try {
    await named(name).run(args, io);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('help, manual page and completions', () => {
  it('name every command, verb and option, in plain text', () => {
    const description = describeCompletion(commands);
    const man = manPage(commands, { version: '1.2.3' });
    const scripts = [bashCompletion(description), zshCompletion(description), fishCompletion(description)];
    const page = man.replaceAll('\\-', '-');
    for (const command of commands) {
      const help = helpText(command);
      expect(help).not.toMatch(ESCAPES);
      for (const line of help.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
      for (const verb of verbsOf(command)) {
        expect(help).toMatch(new RegExp(`^${verb}\\b`, 'm'));
        expect(page).toMatch(new RegExp(`^\\.B ${verb}$`, 'm'));
        for (const script of scripts) expect(script).toContain(`'${command.name} ${verb}'`);
      }
      for (const option of Object.keys(command.options)) {
        expect(help).toMatch(new RegExp(`^  --${option}\\b`, 'm'));
        expect(page).toMatch(new RegExp(`^\\.B --${option}\\b`, 'm'));
        expect(scripts[0]).toContain(`--${option}`);
        expect(scripts[1]).toContain(`--${option}`);
        expect(scripts[2]).toMatch(new RegExp(`__sallyport_at '${command.name}[a-z -]*'" -l ${option}\\b`));
      }
    }
    expect(man).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('is a page that man formats without a warning', ({ skip }) => {
    const page = manPage(commands, { version: '1.2.3' });
    const formatted = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-rLL=80n', '-'], {
      input: page,
      encoding: 'utf8',
    });
    if (formatted.error !== undefined) return skip('groff is not installed here');
    expect(formatted.stderr).toBe('');
    const text = formatted.stdout.replace(/\x1b\[[0-9;]*m|.\x08/g, '');
    expect(text).toMatch(/^ +sallyport keys break-glass pass SHARE/m);
    expect(text).toMatch(/^ +--passphrase-file FILE$/m);
    expect(text).toContain('sallyport export R.sprec --segment 0 | age -d -i identity.txt | zstd -d');
  });
});

const ESCAPES = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/;

describe('completion in bash', () => {
  it('knows verbs, options of a verb, values, paths, and what was typed before', ({ skip }) => {
    const script = bashCompletion(describeCompletion(commands));
    const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
      [['ver'], ['verify']],
      [['--v'], ['--version']],
      [
        ['keys', 'break-glass', ''],
        ['new', 'pass', 'unlock'],
      ],
      [['keys', 'break-glass', 'pass', '--t'], ['--to']],
      [['keys', 'show', '--t'], []],
      [['admin', '--account', 'list', 'po'], ['policy']],
      [['admin', 'policy', 't'], ['test']],
      [['admin', 'account', 'Rita', '--roles', 'rev'], ['reviewer']],
      [
        ['export', '--format', '=', 'v'],
        ['v2', 'v3'],
      ],
      [
        ['export', '--format', '='],
        ['v2', 'v3', 'text'],
      ],
      [['server', '--data', 'main/cli/man'], ['main/cli/manual']],
      [
        ['verify', 'pack'],
        ['package-lock.json', 'package.json'],
      ],
      [['connect', 'pack'], []],
      [['completion', 'z'], ['zsh']],
    ];
    const asked = cases.map(
      ([words]) =>
        `COMP_WORDS=(sallyport ${words.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _sallyport; echo "\${COMPREPLY[*]}"`,
    );
    const bash = spawnSync('bash', ['--norc', '-c', `${script}\n${asked.join('\n')}`], { encoding: 'utf8' });
    if (bash.error !== undefined) return skip('bash is not installed here');
    expect(bash.stderr).toBe('');
    const answers = bash.stdout.trimEnd().split('\n');
    expect(
      cases.map(([words], index) => [
        words,
        (answers[index] ?? '')
          .split(' ')
          .filter(each => each !== '')
          .sort(),
      ]),
    ).toEqual(cases.map(([words, wanted]) => [words, [...wanted].sort()]));
  });
});

describe('the places of a command line', () => {
  it('are read out of its usage', () => {
    const command = {
      name: 'x',
      help: {
        about: '',
        usage: ['x a|b FILE.json [--one]', 'x c d --two FILE', 'x DIR'],
        exitCodes: '',
      },
      options: {
        one: { type: 'boolean', about: '1' },
        two: { type: 'string', about: '2' },
        all: { type: 'boolean', about: '3' },
      },
    } as const;
    expect(placesOf(command)).toEqual([
      { path: 'x', verbs: ['a', 'b', 'c'], options: ['all'], takes: null },
      { path: 'x a', verbs: [], options: ['one', 'all'], takes: 'file' },
      { path: 'x b', verbs: [], options: ['one', 'all'], takes: 'file' },
      { path: 'x c', verbs: ['d'], options: ['all'], takes: null },
      { path: 'x c d', verbs: [], options: ['two', 'all'], takes: null },
    ]);
  });

  it.each([
    [10, ['one two', 'three']],
    [7, ['one two', 'three']],
    [6, ['one', 'two', 'three']],
  ])('are filled to %i characters', (width, lines) => {
    expect(fill('one two\nthree', width)).toEqual(lines);
  });
});
