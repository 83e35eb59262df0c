import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { decodeJwt } from 'jose';
import type { AuditFileHead } from '../../contract/audit-file.ts';
import { LogCheckpoint } from '../../contract/transparency.ts';
import { toOcsf } from '../../core/audit/ocsf.ts';
import type { ServerHttp } from '../server-client/server-http.ts';
import { version } from '../version.ts';
import type { CommandIo, ExitCode } from './command.ts';
import { EXIT, UsageError } from './command.ts';
import { createPercentage } from './percentage.ts';
import { write } from './write.ts';

const PAGE = 1000;
const FORMATS = ['jsonl', 'ocsf'] as const;

/** `sallyport admin audit export`: the whole log up to a checkpoint of now, as JSON lines that `sallyport verify` checks, or as OCSF events. */
export async function adminAudit(
  connect: () => ServerHttp,
  given: {
    readonly verb: string | undefined;
    readonly format: string | undefined;
    readonly output: string | undefined;
  },
  io: CommandIo,
): Promise<ExitCode> {
  if (given.verb !== 'export') throw new UsageError('say what to do with the audit log: export.');
  const format = FORMATS.find(name => name === (given.format ?? 'jsonl'));
  if (format === undefined)
    throw new UsageError(`--format takes ${FORMATS.join(' or ')}, not "${given.format}".`);
  const http = connect();
  const target: Writable =
    given.output === undefined ? io.stdout : createWriteStream(given.output, { mode: 0o600, flags: 'wx' });
  if (target !== io.stdout) await once(target, 'open').catch(() => refuseOutput(given.output ?? ''));
  const [{ checkpoint }, { keys }] = await Promise.all([
    http.call('logCheckpoint', {}),
    http.call('jwks', {}),
  ]);
  // Which server it is by its own account; the signature is checked by whoever verifies the file.
  const { size } = LogCheckpoint.parse(decodeJwt(checkpoint));
  const head: AuditFileHead = {
    kind: 'sallyport-audit',
    version: 1,
    server: http.serverUrl,
    jwks: { keys },
    checkpoint,
  };
  // on standard output the bar would stand between the lines
  const progress = target === io.stdout ? null : createPercentage('Exporting', io);
  if (format === 'jsonl') await write(target, `${JSON.stringify(head)}\n`);
  for (let after = 0; after < size; ) {
    io.signal.throwIfAborted();
    const { entries } = await http.call('listAudit', { query: { after, limit: PAGE } });
    const wanted = entries.filter(({ sequence }) => sequence <= size);
    if (wanted.length === 0) break;
    const lines = wanted.map(entry => JSON.stringify(format === 'jsonl' ? entry : toOcsf(entry, version)));
    if (!(await write(target, `${lines.join('\n')}\n`))) break;
    after = wanted.at(-1)?.sequence ?? size;
    progress?.show(after / size);
  }
  progress?.clear();
  if (target !== io.stdout) {
    target.end();
    await once(target, 'close');
    io.stderr.write(`${String(size)} entries are in ${given.output ?? ''}.\n`);
  }
  return EXIT.ok;
}

function refuseOutput(path: string): never {
  throw new UsageError(`${path} cannot be written: it is there already, or its folder is not.`);
}
