import process from 'node:process';
import type { S3Settings } from '../../server/recordings/s3-settings.ts';
import { startServer } from '../../server/start-server.ts';

/** One of several instances of a server, as a process of its own, to be killed. Tells its address on stdout, and ends with its stdin. */
const [, , dataFolder = '', databaseUrl = '', s3 = ''] = process.argv;
const server = await startServer({
  dataFolder,
  databaseUrl,
  // Written by the test that starts this.
  s3: JSON.parse(s3) as S3Settings,
  host: '127.0.0.1',
  port: 0,
  logLevel: 'error',
});
process.stdout.write(`${server.url}\n`);
process.stdin.resume().on('end', () => void server.close().then(() => process.exit(0)));
