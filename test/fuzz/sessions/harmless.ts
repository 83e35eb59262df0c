import { createRandom } from '../random.ts';
import type { Session } from './session.ts';
import { lines } from './session.ts';

const random = createRandom(99, 0);
const hex = (length: number): string => random.text('0123456789abcdef', length);
const dig = (length: number): string => `${random.int(1, 9)}${random.text('0123456789', length - 1)}`;
const rep = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** What programs print all day: versions, hashes, times, sizes, counters and ids. Nothing of it is anybody's. */
export const HARMLESS_SESSIONS: readonly Session[] = [
  {
    name: 'npm build',
    writes: [
      lines(
        'added 1423 packages, and audited 1424 packages in 38s',
        'found 0 vulnerabilities',
        'vite v5.4.11 building for production...',
        '✓ 2345 modules transformed.',
        'dist/assets/index-BQ3xk9Lp.js   1,234.56 kB │ gzip: 345.67 kB',
        'npm warn deprecated inflight@1.0.6: This module is not supported',
      ),
    ],
  },
  {
    name: 'cargo',
    writes: [
      lines(
        '   Compiling serde_json v1.0.128',
        '   Compiling proc-macro2 v1.0.86',
        '    Finished `release` profile [optimized] target(s) in 1m 02s',
        'warning: unused variable: `x` --> src/main.rs:12:9',
      ),
    ],
  },
  {
    name: 'git log',
    writes: [
      lines(
        'commit 9fceb02d0ae598e95dc970b74767f19372d61af8',
        'Date:   Mon Nov 30 12:00:00 2026 +0100',
        '    Merge branch release/2024.12.1 into main',
        '9fceb02 (HEAD -> main, tag: v12.4.0) Bump actions/checkout from 4.1.7 to 4.2.2',
        ...rep(10, () => `${hex(7)} Fix #${dig(5)}: handle ${dig(4)} rows`),
      ),
    ],
  },
  { name: 'git objects', writes: [lines(...rep(20, i => `100644 blob ${hex(40)}    src/file${i}.ts`))] },
  {
    name: 'uuids',
    writes: [lines(...rep(20, () => `id=${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`))],
  },
  {
    name: 'epochs',
    writes: [lines(...rep(20, () => `ts=17${dig(8)} ms=17${dig(11)} us=17${dig(14)} ns=17${dig(17)}`))],
  },
  { name: 'bare epochs ms', writes: [lines(...rep(20, () => `17${dig(11)}`))] },
  {
    name: 'ls -l',
    writes: [
      lines(
        ...rep(
          20,
          i =>
            `-rw-r--r-- 1 root root ${dig(4 + (i % 8)).padStart(12)} Nov 30 1${i % 10}:0${i % 10} file-${i}.tar.gz`,
        ),
        'drwxr-xr-x 2 www-data www-data 4096 Jan  3  2024 conf.d',
      ),
    ],
  },
  {
    name: 'ps aux',
    writes: [
      lines(
        'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND',
        ...rep(
          12,
          i =>
            `root      ${dig(6)}  0.${i}  0.1 ${dig(7)} ${dig(5)} ?        Ssl  Nov30   0:0${i % 10} /usr/lib/systemd/systemd-journald --flag=${dig(9)}`,
        ),
        'postgres   81234  0.0  0.1 213456 12345 ?  Ss 10:00 0:01 postgres: walwriter',
      ),
    ],
  },
  {
    name: 'top',
    writes: [
      lines(
        'top - 12:00:00 up 123 days,  4:56,  2 users,  load average: 0.12, 0.34, 0.56',
        'Tasks: 321 total,   1 running, 320 sleeping',
        'MiB Mem :  31890.2 total,   1234.5 free',
        '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND',
        '1234567 root      20   0 1234567 123456  12345 S   1.2   0.3 123:45.67 kube-apiserver',
      ),
    ],
  },
  {
    name: 'ip route private',
    writes: [
      lines(
        'default via 10.0.0.1 dev eth0 proto dhcp metric 100',
        '10.0.0.0/24 dev eth0 proto kernel scope link src 10.0.0.5',
        '172.17.0.0/16 dev docker0',
        '127.0.0.1:5432',
      ),
    ],
  },
  {
    name: 'prometheus',
    writes: [
      lines(
        '# HELP go_gc_duration_seconds A summary',
        'go_gc_duration_seconds{quantile="0.25"} 4.2345e-05',
        ...rep(
          10,
          () => `http_requests_total{method="post",code="200",handler="/v1/x"} ${dig(9)} 17${dig(11)}`,
        ),
        ...rep(6, () => `node_network_receive_bytes_total{device="eth0"} 4.${dig(15)}e+12`),
      ),
    ],
  },
  {
    name: 'hexdump',
    writes: [
      lines(
        '00000000  7f 45 4c 46 02 01 01 00  00 00 00 00 00 00 00 00  |.ELF............|',
        ...rep(8, i => `000000${i}0: ${rep(8, () => hex(4)).join(' ')}  ................`),
      ),
    ],
  },
  {
    name: 'benchmarks',
    writes: [
      lines(
        'BenchmarkEncode-8   	 1234567	       987.6 ns/op	     512 B/op	       3 allocs/op',
        ...rep(8, () => `${dig(9)} iterations ${dig(8)} ns ${dig(10)} cycles`),
      ),
    ],
  },
  {
    name: 'versions',
    writes: [
      lines(
        'openssl 3.0.15-1~deb12u1',
        'ii  libc6:amd64  2.36-9+deb12u8  amd64',
        'Python 3.12.7',
        'psql (PostgreSQL) 16.4 (Debian 16.4-1.pgdg120+1)',
        'kernel 6.1.0-26-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.112-1 (2024-09-30)',
        '1.2.840.113549.1.1.11',
        'sha256:' + hex(64),
      ),
    ],
  },
  {
    name: 'kubectl get pods',
    writes: [
      lines(
        'NAME                                READY   STATUS    RESTARTS       AGE',
        ...rep(
          12,
          i =>
            `payment-service-${hex(10)}-${'bcdfg'[i % 5]}x${i}zq   1/1     Running   ${i} (3d${i}h ago)   ${10 + i}d`,
        ),
      ),
    ],
  },
  {
    name: 'kubectl get nodes wide',
    writes: [
      lines(
        'NAME     STATUS   ROLES           AGE    VERSION   INTERNAL-IP   EXTERNAL-IP   OS-IMAGE',
        'node-1   Ready    control-plane   123d   v1.31.2   10.0.0.11     <none>        Debian GNU/Linux 12 (bookworm)',
      ),
    ],
  },
  {
    name: 'docker ps/images',
    writes: [
      lines(
        'CONTAINER ID   IMAGE          COMMAND                  CREATED        STATUS        PORTS                    NAMES',
        ...rep(
          5,
          () =>
            `${hex(12)}   redis:7.4      "docker-entrypoint.s…"   3 weeks ago    Up 3 weeks    0.0.0.0:6379->6379/tcp   jolly_einstein`,
        ),
        'REPOSITORY   TAG       IMAGE ID       CREATED       SIZE',
        `nginx        1.27      ${hex(12)}   2 weeks ago   188MB`,
      ),
    ],
  },
  {
    name: 'explain analyze',
    writes: [
      lines(
        ' Seq Scan on orders  (cost=0.00..12345.67 rows=123456 width=244) (actual time=0.012..123.456 rows=123456 loops=1)',
        '   Filter: (status = 4)',
        '   Rows Removed by Filter: 987654321',
        ' Planning Time: 0.123 ms',
        ' Execution Time: 1234.567 ms',
      ),
    ],
  },
  {
    name: 'psql ids table',
    writes: [
      lines(
        '   id    | order_no  |  total  |      created_at',
        '---------+-----------+---------+---------------------',
        ...rep(12, () => ` ${dig(7)} | ${dig(9)} | ${dig(4)}.00 | 2024-03-01 10:11:12`),
      ),
    ],
  },
  {
    name: 'psql snowflakes',
    writes: [
      lines(
        '         id         |    parent_id',
        '--------------------+---------------------',
        ...rep(12, () => ` 12345${dig(13)} | 98765${dig(13)}`),
      ),
    ],
  },
  {
    name: 'psql sizes',
    writes: [
      lines(
        '  relname   | relpages |  reltuples  | size',
        '------------+----------+-------------+----------',
        ...rep(10, () => ` orders_${dig(2)} | ${dig(6)} | ${dig(9)} | ${dig(11)}`),
      ),
    ],
  },
  { name: 'bare nine digits', writes: [lines(...rep(60, () => dig(9)))] },
  {
    name: 'nine digits in the sentences of logs',
    writes: [lines(...rep(40, () => `processed ${dig(9)} in ${dig(3)} ms`))],
  },
  {
    name: 'df/du',
    writes: [
      lines(
        'Filesystem     1K-blocks      Used Available Use% Mounted on',
        ...rep(6, () => `/dev/sda1      ${dig(9)} ${dig(9)} ${dig(9)}  45% /var`),
        ...rep(20, () => `${dig(9)}\t./dir${dig(2)}`),
      ),
    ],
  },
  {
    name: 'wc',
    writes: [lines(...rep(10, () => ` ${dig(7)} ${dig(8)} ${dig(9)} file.csv`), ' 123456789 total')],
  },
  {
    name: 'iostat vmstat',
    writes: [
      lines(
        'procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----',
        ' r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st',
        ...rep(
          8,
          () =>
            ` 1  0 ${dig(6)} ${dig(9)} ${dig(6)} ${dig(9)}    0    0    12    34 ${dig(4)} ${dig(4)}  5  1 94  0  0`,
        ),
      ),
    ],
  },
];
