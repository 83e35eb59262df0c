import { createRandom } from '../random.ts';
import type { Session } from './session.ts';
import { lines } from './session.ts';

const random = createRandom(99, 0);
const hex = (length: number): string => random.text('0123456789abcdef', length);
const dig = (length: number): string => `${random.int(1, 9)}${random.text('0123456789', length - 1)}`;
const r = (below: number): number => random.int(0, below - 1);
const rep = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** What tools say about services, builds and clouds. */
export const HARMLESS_TOOLS: readonly Session[] = [
  {
    name: 'systemctl',
    writes: [
      lines(
        '● nginx.service - A high performance web server and a reverse proxy server',
        '     Loaded: loaded (/lib/systemd/system/nginx.service; enabled; preset: enabled)',
        '     Active: active (running) since Mon 2026-11-30 12:00:00 UTC; 3 days ago',
        '   Main PID: 812345 (nginx)',
        '      Tasks: 5 (limit: 38123)',
        '     Memory: 12.3M',
        '   CGroup: /system.slice/nginx.service',
      ),
    ],
  },
  {
    name: 'terraform',
    writes: [
      lines(
        'Plan: 3 to add, 1 to change, 0 to destroy.',
        'aws_instance.web: Refreshing state... [id=i-0abc123def4567890]',
        '  + arn = (known after apply)',
        '  + ami = "ami-0c55b159cbfafe1f0"',
        '  + subnet_id = "subnet-0bb1c79de3EXAMPLE"',
      ),
    ],
  },
  {
    name: 'aws ids',
    writes: [
      lines(
        '"VolumeId": "vol-049df61146c4d7901"',
        '"OwnerId": "123456789012"',
        'arn:aws:lambda:eu-west-1:123456789012:function:x',
        '"RequestId": "C1D2E3F4-AAAA-BBBB-CCCC-123456789012"',
        '"ETag": "\\"d41d8cd98f00b204e9800998ecf8427e\\""',
      ),
    ],
  },
  {
    name: 'java stack',
    writes: [
      lines(
        'java.lang.IllegalStateException: Failed to load ApplicationContext',
        '\tat org.springframework.boot.SpringApplication.run(SpringApplication.java:1234) ~[spring-boot-3.3.5.jar!/:3.3.5]',
        '\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1144)',
        'Caused by: com.mysql.cj.jdbc.exceptions.CommunicationsException: Communications link failure',
      ),
    ],
  },
  {
    name: 'make/gcc',
    writes: [
      lines(
        'gcc -O2 -Wall -c -o foo.o foo.c',
        "foo.c:123:45: warning: format '%d' expects argument of type 'int' [-Wformat=]",
        '[ 45%] Building CXX object CMakeFiles/x.dir/src/Bar.cpp.o',
        'ld: 0x00007f1234567890 in section .text',
        'make[2]: Leaving directory /usr/src/linux-6.1.0',
      ),
    ],
  },
  {
    name: 'dmesg',
    writes: [
      lines(
        '[123456.789012] usb 1-1: new high-speed USB device number 12 using xhci_hcd',
        '[    0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable',
        '[   12.345678] nvme0n1: p1 p2 p3',
        '[123.4] audit: type=1400 audit(1700000000.123:45): apparmor="STATUS"',
      ),
    ],
  },
  {
    name: 'apt',
    writes: [
      lines(
        'Get:12 http://deb.debian.org/debian bookworm/main amd64 libssl3 amd64 3.0.15-1~deb12u1 [2,027 kB]',
        'Setting up openssh-server (1:9.2p1-2+deb12u3) ...',
        'Processing triggers for man-db (2.11.2-2) ...',
      ),
    ],
  },
  {
    name: 'ffmpeg/wget',
    writes: [
      lines(
        '2026-11-30 12:00:00 (12.3 MB/s) - ‘file.iso’ saved [4012888888/4012888888]',
        'frame= 1234 fps= 25 q=28.0 size=   12345kB time=00:00:49.36 bitrate=2048.7kbits/s speed=1.02x',
      ),
    ],
  },
  {
    name: 'nginx access private',
    writes: [
      lines(
        ...rep(
          10,
          () =>
            `10.1.2.${r(255)} - - [30/Nov/2026:12:00:00 +0000] "GET /api/v2/orders/${dig(9)}?page=${dig(2)} HTTP/1.1" 200 ${dig(5)} "-" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"`,
        ),
      ),
    ],
  },
  {
    name: 'kafka',
    writes: [
      lines(
        ...rep(
          8,
          i =>
            `orders  ${i}  ${dig(10)}  ${dig(10)}  ${dig(4)}  consumer-1-${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
        ),
        '[2026-11-30 12:00:00,123] INFO [Partition orders-0 broker=1] Log loaded with offset 1234567890',
      ),
    ],
  },
  {
    name: 'redis info',
    writes: [
      lines(
        'used_memory:1234567890',
        'used_memory_human:1.15G',
        'total_connections_received:123456789',
        'run_id:' + hex(40),
        'master_repl_offset:9876543210123',
        'db0:keys=1234567,expires=123456,avg_ttl=123456789',
      ),
    ],
  },
  {
    name: 'etcd/zk',
    writes: [
      lines('endpoint status: 8e9e05c52164694d, 3.5.16, 20 MB, true, 5, 123456789', 'zxid: 0x1000012345'),
    ],
  },
  {
    name: 'serials and MACs of zones',
    writes: [
      lines(
        'example.com. 3600 IN SOA ns1.example.com. hostmaster.example.com. 2024010203 7200 3600 1209600 3600',
      ),
    ],
  },
  {
    name: 'ss',
    writes: [
      lines(
        'Netid State  Recv-Q Send-Q Local Address:Port   Peer Address:Port',
        'tcp   LISTEN 0      4096       127.0.0.1:5432        0.0.0.0:*',
        'tcp   ESTAB  0      0          10.0.0.5:22       10.0.0.9:51234',
      ),
    ],
  },
  {
    name: 'rust tests',
    writes: [
      lines(
        'test tests::it_works ... ok',
        'test result: ok. 123 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.12s',
        ' PASS  src/app.test.ts (12.345 s)',
        'Tests:       123 passed, 123 total',
        'Snapshots:   0 total',
      ),
    ],
  },
  {
    name: 's3 ls',
    writes: [lines(...rep(8, i => `2024-03-0${1 + i} 10:11:12 ${dig(10)} backups/db-2024030${i}.sql.gz`))],
  },
  {
    name: 'slurm/jobs',
    writes: [
      lines(
        'JOBID     PARTITION NAME     USER ST TIME NODES NODELIST(REASON)',
        ...rep(5, () => `${dig(8)} gpu       train    root  R 1:02:03 1 node[001-004]`),
      ),
    ],
  },
  {
    name: 'order numbers',
    writes: [
      lines(
        ...rep(30, () => `Order ${dig(9)} shipped, invoice INV-${dig(8)}, tracking 1Z${dig(3)}AA1${dig(10)}`),
      ),
    ],
  },
  {
    name: 'json counts',
    writes: [
      lines(
        ...rep(
          20,
          () =>
            `{"took":${dig(2)},"hits":{"total":${dig(9)},"max_score":1.0},"_seq_no":${dig(9)},"_primary_term":${dig(2)}}`,
        ),
      ),
    ],
  },
  {
    name: 'rsync',
    writes: [
      lines(
        'sending incremental file list',
        'sent 123,456,789 bytes  received 12,345 bytes  82,304,756.00 bytes/sec',
        'total size is 4,012,888,888  speedup is 32.50',
      ),
    ],
  },
  {
    name: 'openssl cert text',
    writes: [
      lines(
        '        Serial Number:',
        '            04:e5:7b:d2:9f:3a:11:22:33:44:55:66:77:88:99:aa:bb:cc',
        '        Signature Algorithm: sha256WithRSAEncryption',
        '        Not Before: Nov 30 00:00:00 2026 GMT',
        '                Public-Key: (2048 bit)',
      ),
    ],
  },
];
