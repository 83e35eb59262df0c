import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3Settings } from '../../server/recordings/s3-settings.ts';
import { freePort, missingPrograms, stopChild } from './server-process.ts';

const run = promisify(execFile);
const READY_TRIES = 120;
/** A port may be taken between the moment it was free and the start. */
const STARTS = 3;

/** Debian's programs of a Ceph that speaks S3; a test whose list is not empty here is skipped. */
export const missingS3Programs = (): string[] =>
  missingPrograms(['radosgw', 'radosgw-admin', 'ceph', 'ceph-mon', 'ceph-osd', 'monmaptool']);

export interface S3Server {
  /** of a bucket that is there and empty */
  readonly settings: S3Settings;
  close(): Promise<void>;
}

/** A Ceph of one monitor, one store in memory and one gateway, on loopback. Takes about six seconds. */
export async function startS3Server(): Promise<S3Server> {
  for (let left = STARTS - 1; ; left -= 1) {
    try {
      return await startOnce();
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

async function startOnce(): Promise<S3Server> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-s3-'));
  const children: ChildProcess[] = [];
  const close = async () => {
    for (const child of children.toReversed()) await stopChild(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const [monitorPort, gatewayPort] = [await freePort(), await freePort()];
    const fsid = randomUUID();
    const configuration = join(folder, 'ceph.conf');
    for (const name of ['monitor', 'store', 'log']) await mkdir(join(folder, name));
    await writeFile(configuration, configurationOf({ folder, fsid, monitorPort, gatewayPort }));
    const start = (program: string, ...args: string[]) =>
      children.push(spawn(program, ['-c', configuration, ...args, '-f'], { stdio: 'ignore' }));
    const call = (program: string, ...args: string[]) =>
      run(program, ['-c', configuration, ...args], { timeout: 60_000 });

    const map = join(folder, 'map');
    const address = `[v1:127.0.0.1:${monitorPort}]`;
    await run('monmaptool', ['--create', '--addv', 'a', address, '--fsid', fsid, map]);
    await call('ceph-mon', '--mkfs', '-i', 'a', '--monmap', map);
    start('ceph-mon', '-i', 'a');
    await call('ceph', 'osd', 'create');
    await call('ceph-osd', '-i', '0', '--mkfs');
    await call('ceph', 'osd', 'crush', 'add', 'osd.0', '1.0', 'root=default', 'host=h');
    start('ceph-osd', '-i', '0');
    start('radosgw', '-n', 'client.admin');
    const endpoint = `http://127.0.0.1:${gatewayPort}`;
    await whenAnswering(endpoint, children);
    const credentials = { accessKeyId: 'sallyport', secretAccessKey: randomBytes(16).toString('hex') };
    await call(
      'radosgw-admin',
      ...['user', 'create', '--uid', 'tests', '--display-name', 'tests'],
      ...['--access-key', credentials.accessKeyId, '--secret-key', credentials.secretAccessKey],
    );
    const settings = { bucket: 'recordings', endpoint, region: 'us-east-1', prefix: 'tests/', credentials };
    const client = new S3Client({ ...settings, forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: settings.bucket }));
    client.destroy();
    return { settings, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function whenAnswering(url: string, children: readonly ChildProcess[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const isThere = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    const ended = children.find(child => child.exitCode !== null || child.signalCode !== null);
    if (ended !== undefined) throw new Error(`${ended.spawnfile} ended`);
    if (attempt === READY_TRIES) throw new Error('the S3 server does not answer');
    await new Promise(resolve => setTimeout(resolve, 250));
  }
}

function configurationOf(at: {
  readonly folder: string;
  readonly fsid: string;
  readonly monitorPort: number;
  readonly gatewayPort: number;
}): string {
  return `[global]
fsid = ${at.fsid}
mon host = v1:127.0.0.1:${at.monitorPort}
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
ms bind msgr2 = false
run dir = ${at.folder}
log file = ${at.folder}/log/$name.log
admin socket = ${at.folder}/$name.asok
pid file = ${at.folder}/$name.pid
mon data = ${at.folder}/monitor
osd data = ${at.folder}/store
osd objectstore = memstore
memstore device bytes = 1073741824
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail crit = 0
paxos propose interval = 0.02
paxos min wait = 0.01
rgw frontends = beast endpoint=127.0.0.1:${at.gatewayPort}
rgw enable apis = s3
rgw thread pool size = 16
rgw rados pool pg num min = 1
rgw override bucket index max shards = 1
rgw run sync thread = false
`;
}
