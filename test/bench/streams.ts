import { readFileSync } from 'node:fs';
import { makePeople } from '../../main/cli/demo/synthetic-people.ts';
import { PROGRAMS, prompt } from './terminal-text.ts';

/** Lines that a program prints before the next one does. */
const SCREENFUL = 40;
const PEOPLE = makePeople(200, 5);

/** Output without anybody's data of about `bytes` bytes, the same each time: logs, listings, histories, builds, tests, packages, processes. */
export function cleanStream(bytes: number): Uint8Array {
  return repeated(bytes, programLine);
}

/**
 * A working day: the same programs with a prompt before each, a line with an address, a card or a token in it now and then (about one in
 * twenty), and in each round a query that answers with a screenful of personal rows.
 */
export function mixedStream(bytes: number): Uint8Array {
  return repeated(bytes, index => {
    if (index % SCREENFUL === 0) return prompt(index);
    const round = Math.floor(index / SCREENFUL) % (PROGRAMS.length + 1);
    if (round === PROGRAMS.length) return queryLine(index);
    return index % 20 === 7 ? personalLine(index) : programLine(index);
  });
}

/** A server's log in a file: lines end as files have it; a personal value in about fifty lines. */
export function logStream(bytes: number): Uint8Array {
  return repeated(bytes, index => {
    const stamp = `2026-03-${String(1 + (index % 28)).padStart(2, '0')}T10:${String(index % 60).padStart(2, '0')}:07Z`;
    if (index % 50 === 0)
      return `${stamp} WARN  mail to ${PEOPLE[index % PEOPLE.length]?.email} bounced, retry in ${index % 900} s\n`;
    return `${stamp} INFO  worker-${index % 8} finished job batch in ${index % 900} ms, queue depth ${index % 40}, cache warm\n`;
  });
}

function programLine(index: number): string {
  const program = PROGRAMS[Math.floor(index / SCREENFUL) % PROGRAMS.length];
  return program?.(index) ?? '';
}

function personalLine(index: number): string {
  const person = PEOPLE[index % PEOPLE.length];
  const stamp = `2026-03-01T10:${String(index % 60).padStart(2, '0')}:07Z`;
  const kinds = [
    `${stamp} \x1b[33mWARN\x1b[0m  retry for ${person?.email}, attempt 2\r\n`,
    `${stamp} \x1b[33mWARN\x1b[0m  charge refused, card ${person?.card_number}\r\n`,
    `${stamp} INFO  login from 203.0.113.${index % 250} as ${person?.email}\r\n`,
    `export API_TOKEN=tok${index}Zx9Qw3Rt7Lm2Kp5\r\n`,
  ];
  return kinds[index % kinds.length] ?? '';
}

/** psql: a header, a rule, rows, a footer. */
function queryLine(index: number): string {
  const at = index % SCREENFUL;
  if (at === 1) return ' id   |         email          | plan | seats\r\n';
  if (at === 2) return '------+------------------------+------+-------\r\n';
  if (at === SCREENFUL - 2) return '(35 rows)\r\n';
  if (at === SCREENFUL - 1) return '\r\n';
  const email = (PEOPLE[index % PEOPLE.length]?.email ?? '').slice(0, 22).padEnd(22);
  return ` ${String(index % 9000).padStart(4)} | ${email} | free | ${String(index % 40).padStart(5)}\r\n`;
}

/** Size of the terminal that the recordings were made on. */
export const SCREEN_SIZE = { cols: 80, rows: 24 } as const;
const RECORDINGS = ['vim', 'less', 'top', 'tmux', 'git', 'readline'];

/** Real programs that paint the screen, one after the other; the numbers on it are other ones each time. */
export function screenStream(bytes: number): Uint8Array {
  const folder = new URL('../../core/redaction/stream/testing/recordings/', import.meta.url);
  const recordings = RECORDINGS.map(name => readFileSync(new URL(`${name}.bin`, folder)).toString('latin1'));
  const rounds: string[] = [];
  for (let round = 0, length = 0; length < bytes; round += 1)
    for (const recording of recordings) {
      rounds.push(withOtherDigits(recording, round));
      length += recording.length;
    }
  return new Uint8Array(Buffer.from(rounds.join(''), 'latin1'));
}

/** Digits outside of escape sequences, each replaced by another one. */
function withOtherDigits(text: string, round: number): string {
  return text.replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P][^\x07\x1b]*|.)|\d/g, (found, at: number) =>
    found.startsWith('\x1b') ? found : String((Number(found) + round * (1 + (at % 7))) % 10),
  );
}

/** What costs a scanner most: digits, at signs and key names everywhere, colour changes inside words. */
export function adversarialStream(bytes: number): Uint8Array {
  return repeated(bytes, index => {
    const digits = `${4000000000000000 + index * 7919}`;
    return `\x1b[3${index % 8}m${digits} ${digits.replace(/(\d{4})/g, '$1 ')}a@b@c.d@${index} password token=${index}@ http://x:y@z \x1b[${index % 5}m${digits.split('').join('\x1b[m')}\r\n`;
  });
}

function repeated(bytes: number, lineOf: (index: number) => string): Uint8Array {
  const lines: string[] = [];
  for (let index = 0, length = 0; length < bytes; index += 1) {
    const line = lineOf(index);
    length += line.length;
    lines.push(line);
  }
  return new TextEncoder().encode(lines.join(''));
}
