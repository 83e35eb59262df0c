/** What programs print on a terminal where nobody's data is in it, line by line; the same for the same index. */

export type Line = (index: number) => string;

const two = (number: number): string => String(number).padStart(2, '0');
/** A number below `end` that looks random and is the same each time. */
export function pick(index: number, salt: number, end: number): number {
  let mixed = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt + 7, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return (mixed >>> 3) % end;
}
const oneOf = (words: readonly string[], index: number, salt: number): string =>
  words[pick(index, salt, words.length)] ?? '';
const hex = (index: number, length: number): string => {
  let text = '';
  for (let i = 0; text.length < length; i++) text += pick(index, i, 0x1fffffff).toString(16);
  return text.slice(0, length);
};

const MODULES = ['http', 'scheduler', 'cache', 'queue', 'storage', 'worker', 'metrics', 'router'];
const EVENTS = [
  'finished job batch',
  'cache warm, nothing to do',
  'reloaded configuration from disk',
  'connection pool resized',
  'flushed segment to storage',
  'skipped retry, backlog is empty',
  'compaction done',
  'listening again after reload',
];
const FILES = [
  'paint',
  'reader',
  'parser',
  'window',
  'layout',
  'stream',
  'buffer',
  'index',
  'worker',
  'session',
];
const UNITS = ['nginx', 'cron', 'systemd', 'kernel', 'sshd', 'dockerd', 'kubelet'];
const CHANGES = [
  'Fix the order of late frames',
  'Layout: measure once',
  'Retry when the lock is held',
  'Drop the second parser',
  'Update fixtures',
  'Make the reader faster on long lines',
];

export const applicationLog: Line = index =>
  `2026-03-${two(1 + (index % 28))}T10:${two(index % 60)}:07.${pick(index, 1, 900) + 100}Z ${oneOf(['INFO ', 'DEBUG', 'WARN '], index, 2)} [${oneOf(MODULES, index, 3)}] ${oneOf(EVENTS, index, 4)} in ${pick(index, 5, 900)} ms, depth ${pick(index, 6, 40)}\r\n`;

export const structuredLog: Line = index =>
  `time=2026-03-${two(1 + (index % 28))}T10:${two(index % 60)}:07Z level=info component=${oneOf(MODULES, index, 3)} msg="${oneOf(EVENTS, index, 4)}" took=${pick(index, 5, 900)}ms items=${pick(index, 6, 4000)}\r\n`;

export const systemLog: Line = index =>
  `Mar ${String(1 + (index % 28)).padStart(2)} 10:${two(index % 60)}:${two(pick(index, 1, 60))} web-${index % 4} ${oneOf(UNITS, index, 2)}[${pick(index, 3, 30000)}]: ${oneOf(EVENTS, index, 4)} (code=${pick(index, 5, 3)})\r\n`;

export const accessLog: Line = index =>
  `10.0.${pick(index, 1, 255)}.${pick(index, 2, 255)} - - [${two(1 + (index % 28))}/Mar/2026:10:${two(index % 60)}:07 +0000] "GET /api/v1/items/${pick(index, 3, 90000)} HTTP/1.1" ${oneOf(['200', '304', '404'], index, 4)} ${pick(index, 5, 60000)} "-" "curl/8.5.0"\r\n`;

export const listing: Line = index =>
  `-rw-r--r--  1 root root ${String(pick(index, 1, 900000)).padStart(8)} Mar ${String(1 + (index % 28)).padStart(2)} 10:${two(index % 60)} ${oneOf(FILES, index, 2)}-${pick(index, 3, 900)}.ts\r\n`;

export const history: Line = index => `\x1b[33m${hex(index, 7)}\x1b[m ${oneOf(CHANGES, index, 1)}\r\n`;

export const changedFiles: Line = index =>
  ` src/${oneOf(MODULES, index, 1)}/${oneOf(FILES, index, 2)}.ts | ${String(1 + pick(index, 3, 60)).padStart(3)} \x1b[32m${'+'.repeat(1 + pick(index, 4, 30))}\x1b[m\x1b[31m${'-'.repeat(pick(index, 5, 20))}\x1b[m\r\n`;

export const build: Line = index =>
  index % 9 === 0
    ? `\x1b[1msrc/${oneOf(FILES, index, 1)}.c:${pick(index, 2, 900)}:${pick(index, 3, 80)}:\x1b[m \x1b[35mwarning:\x1b[m unused variable 'next' [-Wunused-variable]\r\n`
    : `[${String(pick(index, 4, 100)).padStart(3)}%] \x1b[32mBuilding C object src/CMakeFiles/core.dir/${oneOf(FILES, index, 5)}.c.o\x1b[0m\r\n`;

export const testRun: Line = index =>
  `  ok ${index} - ${oneOf(MODULES, index, 1)} ${oneOf(FILES, index, 2)} keeps what it is given # time=${pick(index, 3, 90)}.${pick(index, 4, 900)}ms\r\n`;

export const packages: Line = index =>
  `Get:${index % 300} http://deb.example.org/debian bookworm/main amd64 lib${oneOf(FILES, index, 1)}${pick(index, 2, 9)} amd64 ${pick(index, 3, 9)}.${pick(index, 4, 20)}-${pick(index, 5, 9)} [${pick(index, 6, 900)} kB]\r\n`;

export const processes: Line = index =>
  `root ${String(pick(index, 1, 30000)).padStart(9)}  0.${pick(index, 2, 9)}  0.${pick(index, 3, 9)} ${String(pick(index, 4, 90000)).padStart(6)} ${String(pick(index, 5, 9000)).padStart(5)} ?        Ss   10:${two(index % 60)}   0:0${pick(index, 6, 9)} /usr/sbin/${oneOf(UNITS, index, 7)} -f\r\n`;

export const prompt: Line = index =>
  `\x1b[1;32mdeploy@web\x1b[0m:\x1b[34m~/srv\x1b[0m$ tail -n ${index % 90} app.log\r\n`;

/** Programs as one after the other prints them, a screenful each. */
export const PROGRAMS: readonly Line[] = [
  applicationLog,
  listing,
  systemLog,
  build,
  applicationLog,
  history,
  structuredLog,
  changedFiles,
  accessLog,
  testRun,
  applicationLog,
  packages,
  processes,
];
