import { readFile } from 'node:fs/promises';
import { SallyportError } from '../../contract/errors.ts';
import { TargetId } from '../../contract/ids.ts';
import { TargetInput } from '../../contract/server-api.ts';
import type { ServerHttp } from '../server-client/server-http.ts';
import type { CommandIo } from './command.ts';
import { UsageError } from './command.ts';
import { answer } from './shared-options.ts';

/** `admin target FILE.json`. Throws `UsageError`, `bad-input` that names the key, and what the server refuses. */
export async function putTarget(
  connect: () => ServerHttp,
  { file, json }: { readonly file: string | undefined; readonly json: boolean },
  io: CommandIo,
): Promise<void> {
  if (file === undefined) throw new UsageError('name the file that describes the target.');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new SallyportError('bad-input', `${file} cannot be read.`, { cause });
  });
  const parsed = TargetInput.safeParse(parseJson(text, file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const what = `${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'wrong'}`;
    throw new SallyportError(
      'bad-input',
      `${file} does not describe a target: ${what}${/[.?]$/.test(what) ? '' : '.'}`,
    );
  }
  const target = await connect().call('putTarget', { input: parsed.data });
  answer(io, json, target, `${target.id} (${target.name}) is registered.`);
}

/** `admin disable-target ID` and `admin enable-target ID`. Throws `UsageError`, and what the server refuses. */
export async function disableTarget(
  connect: () => ServerHttp,
  wanted: {
    readonly isDisabled: boolean;
    readonly target: string | undefined;
    readonly reason?: string | undefined;
    readonly revoke: boolean;
    readonly json: boolean;
  },
  io: CommandIo,
): Promise<void> {
  const { isDisabled, reason, revoke: revokesGrants } = wanted;
  const id = TargetId.safeParse(wanted.target);
  if (!id.success) throw new UsageError('name the target by its id; "admin list" has them.');
  if (reason === undefined) throw new UsageError('say why with --reason.');
  if (revokesGrants && !isDisabled) throw new UsageError('--revoke goes with "admin disable-target" only.');
  const target = await connect().call('disableTarget', {
    params: { id: id.data },
    input: { isDisabled, reason, revokesGrants },
  });
  const running = revokesGrants ? 'its grants are revoked' : 'what runs goes on until its grant ends';
  answer(
    io,
    wanted.json,
    target,
    isDisabled
      ? `${target.name} is disabled: nothing new begins there, and ${running}.`
      : `${target.name} is enabled.`,
  );
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SallyportError(
      'bad-input',
      `${file} is not JSON: ${cause instanceof Error ? cause.message : 'it cannot be read'}.`,
      { cause },
    );
  }
}
