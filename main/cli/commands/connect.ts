import { spawnSync } from 'node:child_process';
import type { AccessSnapshot, EndCause } from '../../../contract/access.ts';
import type { Outcome } from '../../../contract/errors.ts';
import { SallyportError } from '../../../contract/errors.ts';
import type { EventOf } from '../../../contract/ipc.ts';
import { OpenSessionAnswer } from '../../../contract/ipc.ts';
import { GrantRecord } from '../../../contract/server-api.ts';
import type { Account } from '../../../contract/server-api.ts';
import { durationWords, endWords } from '../../../core/access/words.ts';
import type { App, AppConnection } from '../../app/app.ts';
import { createNodeClient } from '../../app/create-node-client.ts';
import { systemTimers } from '../../timers.ts';
import type { CommandIo, ExitCode } from '../command.ts';
import { defineCommand, EXIT, UsageError } from '../command.ts';
import { answer, JSON_OUTPUT, PROFILE } from '../shared-options.ts';
import { createOwnTerminal } from '../connect/own-terminal.ts';

/** Ends that are neither a fault nor a policy's "no". */
const ORDINARY: readonly (EndCause | null)[] = ['exited', 'closed-by-operator'];
const FAULTS: readonly (EndCause | null)[] = [
  'failed',
  'host-lost',
  'host-unresponsive',
  'recorder-failed',
  null,
];
/** An upload that takes longer is finished by the next start. */
const UPLOAD_WAIT_MS = 20_000;
/** A wait that is longer than this is explained. */
const UPLOAD_NOTICE_MS = 1_500;

export const command = defineCommand({
  name: 'connect',
  summary: 'a recorded, redacted session in this terminal',
  help: {
    about: `Opens a recorded, redacted, time-limited session under a grant, in this terminal. GRANT is the id of an active grant of yours;
--list prints them. The terminal's title counts down; warnings come before the grant ends; at its end the screen is covered and input
closes.`,
    usage: ['connect GRANT', 'connect --list [--json]'],
    notes: 'Keys: Ctrl-] l locks or unlocks, Ctrl-] q ends the session, Ctrl-] Ctrl-] sends Ctrl-].',
    exitCodes:
      '0 the session ended in the ordinary way, 1 it failed, 2 wrong usage, 3 refused, revoked or expired',
  },
  options: {
    list: {
      type: 'boolean',
      default: false,
      about: 'print the active grants, one per line: id, target, account, time left',
    },
    json: { ...JSON_OUTPUT, about: 'with --list: each grant as one line of JSON' },
    account: {
      type: 'string',
      value: 'NAME',
      about: 'act as this account (needed where several are enrolled)',
    },
    profile: PROFILE,
  },
  async run({ values, positionals }, io): Promise<ExitCode> {
    const [grantId, ...rest] = positionals;
    if (rest.length > 0 || values.list === (grantId !== undefined))
      throw new UsageError('Give the id of one grant, or --list.');
    if (values.json && !values.list) throw new UsageError('--json goes with --list.');
    if (!values.list && !isTerminal(io))
      throw new SallyportError('bad-input', 'This needs a terminal on standard input and output.');
    const app = createNodeClient({
      ...(values.profile === undefined ? {} : { profileFolder: values.profile }),
      environment: io.environment,
      keepsSpareHost: false,
    });
    try {
      const account = chooseAccount(app, values.account);
      return grantId === undefined
        ? await listGrants(app, account, { isJson: values.json, io })
        : await runSession(app, account, { grantId, io });
    } finally {
      await app.dispose();
    }
  },
});

function chooseAccount(app: App, name: string | undefined): Account {
  const accounts = app.accounts().map(each => each.enrolled.account);
  const fitting =
    name === undefined
      ? accounts.filter(account => account.roles.includes('operator'))
      : accounts.filter(account => account.id === name || account.name === name);
  const [account, ...others] = fitting;
  if (account !== undefined && others.length === 0) return account;
  const names = accounts.map(each => `"${each.name}"`).join(', ');
  throw new UsageError(
    accounts.length === 0
      ? 'No account is enrolled in this profile. Enrol one with "sallyport serve".'
      : `Choose one account with --account: ${names}.`,
  );
}

async function useAccount(connection: AppConnection, account: Account): Promise<void> {
  valueOf(await connection.request('account.use', { accountId: account.id }));
}

async function listGrants(
  app: App,
  account: Account,
  { isJson, io }: { readonly isJson: boolean; readonly io: CommandIo },
): Promise<ExitCode> {
  const connection = app.connect(() => undefined);
  await useAccount(connection, account);
  const grants = GrantRecord.array().parse(valueOf(await connection.request('grants.list', {})));
  const usable = grants.filter(grant => grant.state === 'active' && grant.holder.id === account.id);
  for (const grant of usable) {
    const left = durationWords(grant.expiresAtMs - Date.now());
    answer(io, isJson, grant, `${grant.id}\t${grant.target.name}\t${grant.account}\t${left}`);
  }
  if (usable.length === 0 && !isJson) io.stderr.write('There is no active grant. Request access first.\n');
  return EXIT.ok;
}

async function runSession(
  app: App,
  account: Account,
  { grantId, io }: { readonly grantId: string; readonly io: CommandIo },
): Promise<ExitCode> {
  const ended = Promise.withResolvers<AccessSnapshot>();
  const uploaded = Promise.withResolvers<boolean>();
  let sessionId: string | null = null;
  const connection = app.connect((name, payload) => {
    // The payload of each event has its schema in the contract; the name says which.
    if (name === 'access.changed') take(payload as AccessSnapshot);
    else if (name === 'notice') notice(payload as EventOf<'notice'>);
    else if (name === 'session.recording') {
      const { health } = payload as { health: { state: string } };
      if (health.state === 'uploaded') uploaded.resolve(true);
      if (health.state === 'failed') uploaded.resolve(false);
    }
  });
  const terminal = createOwnTerminal({
    stdin: io.stdin,
    stdout: io.stdout,
    title: `Sallyport ${grantId}`,
    isPlain: (io.environment['NO_COLOR'] ?? '') !== '',
    timers: systemTimers,
    onKey: key => void press(key),
    // Undone with raw mode: libuv puts back all that it found.
    setRawOutput: () => void spawnSync('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] }),
  });
  let access: AccessSnapshot | null = null;
  /** what has nothing to do with this session is told after it */
  const afterwards = new Set<string>();

  function take(next: AccessSnapshot): void {
    if (sessionId !== null && next.sessionId !== sessionId) return;
    access = next;
    if (sessionId !== null) terminal.accessChanged(next);
    if (next.phase === 'ended') ended.resolve(next);
  }

  function notice({ message, sessionId: about }: EventOf<'notice'>): void {
    if (about === undefined) afterwards.add(message);
    else if (about === sessionId) terminal.say(message);
  }

  async function press(key: 'lock' | 'end'): Promise<void> {
    const isLocked = access?.lockReasons.some(reason => reason === 'operator' || reason === 'idle') === true;
    const name = key === 'end' ? 'session.end' : isLocked ? 'session.unlock' : 'session.lock';
    const outcome = await connection.request(name, { sessionId });
    if (!outcome.ok) terminal.say(outcome.error.message);
  }

  await useAccount(connection, account);
  io.stderr.write('Connecting: the session will be recorded and personal data hidden …\n');
  const opened = OpenSessionAnswer.parse(
    valueOf(await connection.request('session.open', { grantId, cols: terminal.cols, rows: terminal.rows })),
  );
  sessionId = opened.sessionId;
  const { sessionId: id } = opened;
  terminal.show(port => connection.attach(id, port));
  terminal.accessChanged(access ?? opened.access);
  const onStop = (): void => void press('end');
  io.signal.addEventListener('abort', onStop, { once: true });
  if (io.signal.aborted) onStop();
  const last = await ended.promise;
  await app
    .accounts()
    .find(each => each.enrolled.account.id === account.id)
    ?.sessions.over(id);
  terminal.restore();
  io.stderr.write(`\n${endWords(last.endCause ?? 'failed')}\n`);
  await waitForUpload(uploaded.promise, io);
  for (const message of afterwards) io.stderr.write(`Note: ${message}\n`);
  return exitCodeOf(last.endCause);
}

async function waitForUpload(uploaded: Promise<boolean>, io: CommandIo): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(false), UPLOAD_WAIT_MS);
  });
  const notice = setTimeout(() => void io.stderr.write('Sending the recording …\n'), UPLOAD_NOTICE_MS);
  const isUploaded = await Promise.race([uploaded, late]);
  clearTimeout(timer);
  clearTimeout(notice);
  io.stderr.write(
    isUploaded
      ? 'The recording is on the server.\n'
      : 'The recording is kept here and uploaded at the next start.\n',
  );
}

function exitCodeOf(cause: EndCause | null): ExitCode {
  if (ORDINARY.includes(cause)) return EXIT.ok;
  return FAULTS.includes(cause) ? EXIT.findings : EXIT.refused;
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new SallyportError(outcome.error.code, outcome.error.message);
}

function isTerminal(io: CommandIo): boolean {
  return [io.stdin, io.stdout].every(stream => 'isTTY' in stream && stream.isTTY === true);
}
