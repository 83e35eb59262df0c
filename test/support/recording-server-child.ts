import process from 'node:process';
import { startRecordingServer } from './recording-bench.ts';

/** A recording server as a process of its own, to be killed. Arguments: folder, device key. Tells its port on stdout. */
const [, , folder = '', devicePublicKey = ''] = process.argv;
const server = await startRecordingServer({ folder, devicePublicKey });
process.stdout.write(`${server.port}\n`);
