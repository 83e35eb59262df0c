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
    const use = { cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage().rss };
    process.stdout.write(`${JSON.stringify(use)}\n`);
  })
  .on('end', () => void server.close().then(() => process.exit(0)));
