import { spawnSync } from 'node:child_process';
import type { AccessSnapshot, EndCause } from '../../../contract/access.ts';
import type { EventName, EventOf } from '../../../contract/ipc.ts';
import type { MaskCounts } from '../../../contract/redaction.ts';
import type { RecordingHealth } from '../../../contract/recording.ts';
import type { Account } from '../../../contract/server-api.ts';
import { durationWords, endWords } from '../../../core/access/words.ts';
import type { App } from '../../app/app.ts';
import { systemTimers } from '../../timers.ts';
import { isPlain } from '../bar.ts';
import type { CommandIo, ExitCode } from '../command.ts';
import { EXIT } from '../command.ts';
import { asks } from './asks.ts';
import type { Extension } from './extension.ts';
import { createExtension } from './extension.ts';
import { healthWords, maskedWords } from './health-words.ts';
import type { OwnKey } from './own-terminal.ts';
import { createOwnTerminal } from './own-terminal.ts';

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

/** One session at the user's own terminal, until it has ended and its recording is handed in or kept. Throws `SallyportError`. */
export async function runSession(
  app: App,
  account: Account,
  { grantId, io }: { readonly grantId: string; readonly io: CommandIo },
): Promise<ExitCode> {
  const ended = Promise.withResolvers<AccessSnapshot>();
  const uploaded = Promise.withResolvers<boolean>();
  let sessionId: string | null = null;
  let access: AccessSnapshot | null = null;
  let health: RecordingHealth | null = null;
  let masked: MaskCounts = {};
  let extension: Extension | null = null;
  let name = `Sallyport ${grantId}`;
  let warnedOf: string | null = null;
  let isExtensionTold = false;
  /** what has nothing to do with this session is told after it */
  const afterwards = new Set<string>();

  const on: { readonly [N in EventName]?: (payload: EventOf<N>) => void } = {
    'access.changed': take,
    'session.masked'(told) {
      if (told.sessionId === sessionId) masked = told.counts;
    },
    'session.recording'(told) {
      if (sessionId === null || told.sessionId === sessionId) takeHealth(told.health);
    },
    'requests.changed': request => extension?.requestChanged(request),
    notice({ message, sessionId: about }) {
      if (about === undefined) afterwards.add(message);
      else if (about === sessionId) terminal.say(message);
    },
  };
  const connection = app.connect((event, payload) => on[event]?.(payload));
  const ask = asks(connection);
  const terminal = createOwnTerminal({
    stdin: io.stdin,
    stdout: io.stdout,
    isPlain: isPlain(io.environment),
    timers: systemTimers,
    onKey: key => void press(key),
    // Undone with raw mode: libuv puts back all that it found.
    setRawOutput: () => void spawnSync('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] }),
  });

  function take(next: AccessSnapshot): void {
    if (sessionId !== null && next.sessionId !== sessionId) return;
    access = next;
    if (sessionId !== null) terminal.accessChanged(next);
    tellExtension(next);
    if (next.phase === 'ended') ended.resolve(next);
  }

  /** With the first of the warnings before an end. */
  function tellExtension({ warningMs, extensionsLeft, isGateOpen }: AccessSnapshot): void {
    const isDue = warningMs !== null && extensionsLeft > 0 && isGateOpen;
    if (isDue && !isExtensionTold) terminal.say('Ctrl-] e asks for more time.');
    isExtensionTold = warningMs !== null && (isExtensionTold || isDue);
  }

  function takeHealth(next: RecordingHealth): void {
    const { short, warning } = healthWords(next);
    const wasOffline = health?.state === 'offline';
    health = next;
    terminal.setTitle(name, short);
    if (warning !== null && short !== warnedOf) terminal.say(warning);
    else if (wasOffline && next.state === 'recording')
      terminal.say('The recording reaches the server again.');
    warnedOf = warning === null ? null : short;
    if (next.state === 'uploaded') uploaded.resolve(true);
    if (next.state === 'failed') uploaded.resolve(false);
  }

  function status(): string {
    if (access === null) return 'Connecting.';
    const left = access.isGateOpen
      ? `${durationWords(access.expiresAtMs - access.nowMs)} left`
      : access.phase;
    const hidden = maskedWords(masked);
    return `${name}: ${left}, ${access.extensionsLeft} extensions left. ${healthWords(health).long} Hidden: ${hidden === '' ? 'nothing yet' : hidden}.`;
  }

  async function press(key: OwnKey): Promise<void> {
    if (access === null || sessionId === null) return undefined;
    if (key === 'status') return terminal.say(status());
    if (key === 'extend') return extension?.request(access);
    const isLocked = access.lockReasons.some(reason => reason === 'operator' || reason === 'idle');
    const request = key === 'end' ? 'session.end' : isLocked ? 'session.unlock' : 'session.lock';
    const outcome = await connection.request(request, { sessionId });
    if (!outcome.ok) terminal.say(outcome.error.message);
    return undefined;
  }

  await ask('account.use', { accountId: account.id });
  io.stderr.write('Connecting: the session will be recorded and personal data hidden …\n');
  const { cols, rows } = terminal;
  const opened = await ask('session.open', { grantId: grantId as never, cols, rows });
  sessionId = opened.sessionId;
  const { sessionId: id } = opened;
  terminal.show(port => connection.attach(id, port));
  take(access ?? opened.access);
  const running = (await ask('sessions.running', {})).find(each => each.sessionId === id);
  if (running !== undefined) {
    const { grant } = running;
    name = `${grant.target.name} (${grant.account})`;
    extension = createExtension({ ask, terminal, grant });
    terminal.setTitle(name, healthWords(health).short);
  }
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
  const hidden = maskedWords(masked);
  if (hidden !== '') io.stderr.write(`Hidden in this session: ${hidden}.\n`);
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
