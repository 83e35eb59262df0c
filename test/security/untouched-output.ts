/** Lines of one kind that servers print all day and that hold nothing to hide, though some of it looks so: `count` of them. */
export interface UntouchedOutput {
  readonly name: string;
  readonly lines: readonly string[];
}

const COUNT = 2_500;

/** xorshift32 (Marsaglia, 2003): the same lines in every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const random = createRandom(20_261);
const many = <T>(line: (i: number) => T, count = COUNT) => Array.from({ length: count }, (_, i) => line(i));
const pick = <T>(values: readonly T[]): T => values[random(values.length)] ?? (values[0] as T);
const digits = (count: number) => many(() => String(random(10)), count).join('');
const hex = (count: number) => many(() => random(16).toString(16), count).join('');
const pad = (n: number, width = 2) => String(n).padStart(width, '0');
const clock = () => `${pad(random(24))}:${pad(random(60))}:${pad(random(60))}`;
const uuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
const word = () =>
  pick(['api', 'web', 'cache', 'queue', 'index', 'worker', 'proxy', 'store', 'batch', 'sync']);
const version = () =>
  `${random(30)}.${random(40)}.${random(90)}${pick(['', '-rc1', '+deb12u3', '-0ubuntu0.22.04.1'])}`;

function passesLuhn(number: string): boolean {
  let sum = 0;
  [...number].reverse().forEach((digit, i) => {
    const value = Number(digit) * (i % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  });
  return sum % 10 === 0;
}

/** An epoch of so many digits whose last one makes it pass. */
function luhnEpoch(length: number): string {
  const head = `17${digits(length - 3)}`;
  return head + String([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find(last => passesLuhn(head + String(last))) ?? 0);
}

function dumpRow(i: number): string {
  const bytes = many(() => random(256), 16).map(byte => (byte === 0x40 ? 0 : byte));
  const pairs = bytes.map(byte => byte.toString(16).padStart(2, '0'));
  const shown = bytes.map(byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
  const groups = [0, 2, 4, 6, 8, 10, 12, 14].map(k => pairs.slice(k, k + 2).join(''));
  return `${(i * 16).toString(16).padStart(8, '0')}: ${groups.join(' ')}  ${shown}`;
}

export const UNTOUCHED: readonly UntouchedOutput[] = [
  {
    name: 'epochs in ms that pass Luhn',
    lines: many(() => `{"ts":${luhnEpoch(13)},"level":"info","took_ms":${random(900)}}`),
  },
  {
    name: 'epochs in µs that pass Luhn',
    lines: many(() => `ts=${luhnEpoch(16)} level=info msg="done" shard=${random(64)}`),
  },
  {
    name: 'epochs in ns that pass Luhn',
    lines: many(() => `time_unix_nano: ${luhnEpoch(19)} span=${hex(16)}`),
  },
  { name: 'bare epochs in ms', lines: many(() => luhnEpoch(13)) },
  {
    name: 'git hashes',
    lines: many(() => `${hex(pick([7, 8, 10, 40]))} Fix the ${word()} of the ${word()}`),
  },
  {
    name: 'git log',
    lines: many(i =>
      i % 4 === 0
        ? `commit ${hex(40)}`
        : i % 4 === 1
          ? 'Date:   Mon Nov 23 23:11:00 2026 +0000'
          : i % 4 === 2
            ? ''
            : `    Change ${word()} ${random(900)}`,
    ),
  },
  { name: 'UUIDs', lines: many(() => `request ${uuid()} of ${uuid()} ok`) },
  {
    name: 'versions',
    lines: many(() => `${word()}-${word()} ${version()} amd64 [upgradable from: ${version()}]`),
  },
  {
    name: 'clocks',
    lines: many(
      () =>
        `${clock()} up ${random(300)} days, ${pad(random(24))}:${pad(random(60))}, load average: ${random(9)}.${pad(random(99))}`,
    ),
  },
  {
    name: 'ls -l',
    lines: many(
      () =>
        `-rw-r--r-- ${random(9)} root ${word()} ${String(random(99_999_999)).padStart(10)} Nov ${String(random(28) + 1).padStart(2)} ${pad(random(24))}:${pad(random(60))} ${word()}-${digits(8)}.log.${random(9)}.gz`,
    ),
  },
  {
    name: 'ps aux',
    lines: many(
      () =>
        `root ${String(random(99_999)).padStart(9)}  0.${random(9)}  ${random(9)}.${random(9)} ${random(9_999_999)} ${random(999_999)} ?        Ssl  ${pad(random(24))}:${pad(random(60))}   ${random(99)}:${pad(random(60))} /usr/sbin/${word()}d --port=${random(65_535)} --id=${digits(8)}`,
    ),
  },
  {
    name: 'top',
    lines: many(
      () =>
        `${String(random(99_999)).padStart(7)} root      20   0 ${String(random(9_999_999)).padStart(7)} ${String(random(999_999)).padStart(6)} ${String(random(99_999)).padStart(6)} S  ${random(99)}.${random(9)}   0.${random(9)}  ${String(random(999)).padStart(3)}:${pad(random(60))}.${pad(random(99))} ${word()}d`,
    ),
  },
  {
    name: 'kubectl get pods',
    lines: many(
      () =>
        `${word()}-${hex(10)}-${pick(['x2b7k', 'q9zlm', 'v4d8t'])}   ${random(3)}/${random(3)}     Running   ${random(9)} (${random(59)}m ago)   ${random(300)}d`,
    ),
  },
  {
    name: 'dmesg',
    lines: many(
      () =>
        `[${String(random(9_999_999)).padStart(7)}.${digits(6)}] pci 0000:${hex(2)}:1f.${random(8)}: BAR ${random(6)}: assigned [mem 0x${hex(8)}-0x${hex(8)} 64bit pref]`,
    ),
  },
  {
    name: 'SOA serials',
    lines: many(
      i =>
        `${word()}.test. 3600 IN SOA ns1.${word()}.test. hostmaster.${word()}.test. 2026${pad(random(12) + 1)}${pad(random(28) + 1)}${pad(i % 100)} 7200 3600 1209600 3600`,
    ),
  },
  {
    name: 'order numbers',
    lines: many(
      () =>
        `order ${digits(10)} shipped, invoice INV-${digits(8)}, tracking ${pick(['1Z', 'JD'])}${digits(14)}`,
    ),
  },
  {
    name: 'stack traces',
    lines: many(i =>
      i % 5 === 0
        ? `java.lang.IllegalStateException: ${word()} is closed`
        : `\tat com.example.${word()}.${word()}.run(${word()}.java:${random(2000)})`,
    ),
  },
  {
    name: 'node stack traces',
    lines: many(() => `    at ${word()} (file:///srv/app/${word()}.js:${random(900)}:${random(80)})`),
  },
  {
    name: 'df and du',
    lines: many(
      () =>
        `/dev/nvme0n${random(9)}p${random(9)}  ${random(999_999_999)} ${random(99_999_999)} ${random(99_999_999)}  ${random(99)}% /srv/${word()}`,
    ),
  },
  { name: 'numbers in rows', lines: many(() => many(() => String(random(99_999) + 1), 12).join(' ')) },
  {
    name: 'numbers in columns',
    lines: many(() => `| ${digits(8)} | ${digits(6)} | ${random(999)}.${digits(2)} |`),
  },
  { name: 'dumps of random bytes', lines: many(dumpRow) },
  {
    name: 'objdump',
    lines: many(
      () =>
        `  ${hex(6)}:\t${many(() => hex(2), 5).join(' ')}          \tmov    %r${random(15)},0x${hex(4)}(%rip)        # ${hex(6)} <${word()}+0x${hex(2)}>`,
    ),
  },
  {
    name: 'checksums',
    lines: many(() => `${hex(pick([32, 40, 64]))}  ./usr/lib/${word()}/${word()}.so.${random(9)}`),
  },
  {
    name: 'lines that end in four digits',
    lines: many(() => `${clock()} ${word()} ${word()} finished with ${digits(4)}`),
  },
  {
    name: 'HTTP access',
    lines: many(
      () =>
        `10.0.${random(255)}.${random(255)} - - [23/Nov/2026:${clock()} +0000] "GET /${word()}/${random(99_999)} HTTP/1.1" 200 ${random(99_999)}`,
    ),
  },
];
