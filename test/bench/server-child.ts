import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { initServer, startServer } from '../../server/start-server.ts';

/** A server in a process of its own for benches, without the limits that hold back one address. Ends with its stdin; tells what it used for each line of it. */
const [dataFolder = ''] = process.argv.slice(2);
const LIMIT = 10_000_000;
const { enrolCode } = await initServer({ dataFolder, adminName: 'Bench' });
const server = await startServer({
  dataFolder,
  host: '127.0.0.1',
  port: 0,
  logLevel: 'error',
  limits: {
    perDevice: LIMIT,
    perAddress: LIMIT,
    enrolPerAddress: LIMIT,
    wrongCodesPerAddress: LIMIT,
    refusedPerAddress: LIMIT,
  },
});
process.stdout.write(`${JSON.stringify({ url: server.url, enrolCode })}\n`);
process.stdin
  .on('data', () => {
    const { user, system } = process.cpuUsage();
    const use = {
      cpuMs: (user + system) / 1000,
      databaseCpuMs: cpuMsBelow(process.pid),
      rssBytes: process.memoryUsage().rss,
    };
    process.stdout.write(`${JSON.stringify(use)}\n`);
  })
  .on('end', () => void server.close().then(() => process.exit(0)));

/** Linux: processor time of all processes that this one has started and that run: the embedded PostgreSQL. 0 elsewhere. */
function cpuMsBelow(parent: number): number {
  if (process.platform !== 'linux') return 0;
  const ticks = new Map<number, { parent: number; ms: number }>();
  for (const name of readdirSync('/proc').filter(each => /^\d+$/.test(each))) {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
      // Fields 4, 14 and 15 of proc(5), a hundredth of a second each.
      const [, ppid, utime, stime] = [0, 1, 11, 12].map(index => Number(fields[index]));
      ticks.set(Number(name), { parent: ppid ?? 0, ms: ((utime ?? 0) + (stime ?? 0)) * 10 });
    } catch {
      // It has ended meanwhile.
    }
  }
  const isBelow = (pid: number): boolean => {
    const above = ticks.get(pid)?.parent;
    return above !== undefined && above !== 0 && (above === parent || isBelow(above));
  };
  return [...ticks].reduce((sum, [pid, { ms }]) => (isBelow(pid) ? sum + ms : sum), 0);
}
