import { join } from 'node:path';
import type { Role, TargetInput } from '../../../contract/server-api.ts';
import { SallyportError } from '../../../contract/errors.ts';
import { createIdentityStore } from '../../review/identity-store.ts';
import { enrolDevice } from '../../server-client/enrol.ts';
import type { ServerHttp } from '../../server-client/server-http.ts';
import { openProfile } from '../../vault/profile-folder.ts';
import { fileSecretBox } from '../../vault/secret-box.ts';
import type { EnrolledAccount } from '../../vault/vault.ts';
import { createVault } from '../../vault/vault.ts';
import { httpAs } from '../enrolled-account.ts';
import { writeDemoFiles } from './demo-files.ts';
import type { DemoTarget } from './demo-targets.ts';
import { databaseTarget, hasProgram, localTarget, sshTarget } from './demo-targets.ts';
import { initialiseServer, startServerChild } from './server-child.ts';
import type { SyntheticPerson } from './synthetic-people.ts';
import { makePeople } from './synthetic-people.ts';

/** People who work in one client, so that one visitor can play all of them. */
export const PEOPLE: readonly { readonly name: string; readonly role: Role }[] = [
  { name: 'Omar Operator', role: 'operator' },
  { name: 'Ada Approver', role: 'approver' },
  { name: 'Rita Reviewer', role: 'reviewer' },
  { name: 'Adam Administrator', role: 'administrator' },
];

export interface DemoInstallation {
  readonly serverUrl: string;
  readonly profileFolder: string;
  readonly filesFolder: string;
  readonly identityFile: string;
  readonly targets: readonly TargetInput[];
  readonly people: readonly SyntheticPerson[];
  /** what could not be set up here, in words */
  readonly notices: readonly string[];
  /** Ends every process that the demo started, in order. */
  stop(): Promise<void>;
}

export interface InstallOptions {
  readonly folder: string;
  readonly graceMs: number;
  readonly environment: NodeJS.ProcessEnv;
  readonly onProgress: (what: string) => void;
  /** a part of it ended that nobody ended */
  readonly onLost: (message: string) => void;
  /** Aborted: stop after the current step and throw. */
  readonly signal: AbortSignal;
}

/** Two of the tables have a row per person, the others one for every third: more than 10,000 rows. */
const PERSON_COUNT = 4_500;
const SEED = 20_260_101;

/** A whole installation in one folder: server, people, keys, targets. What was started is stopped again when a step fails. */
export async function installDemo(options: InstallOptions): Promise<DemoInstallation> {
  const { folder, environment, onProgress } = options;
  const running: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const part of running.splice(0).reverse()) await part.stop();
  };
  const step = (what: string) => {
    if (options.signal.aborted) throw stopped();
    onProgress(what);
  };
  try {
    step('Setting up the server and its database');
    const serverFolder = join(folder, 'server');
    const adminCode = await initialiseServer(serverFolder, environment);
    const server = await startServerChild(serverFolder, environment, options.onLost);
    running.push(server);

    step('Enrolling an operator, an approver and a reviewer');
    const admin = httpAs(await enrolDevice({ serverUrl: server.url, code: adminCode }));
    const profile = openProfile(join(folder, 'profile'), environment);
    const accounts = await enrolPeople(admin, server.url);
    const vault = createVault(profile.accountsFolder, fileSecretBox);
    for (const { account } of accounts) vault.keep(account);
    const recipient = await createIdentityStore(profile.identityFolder).create(null);
    const reviewer = accounts.find(each => each.role === 'reviewer');
    if (reviewer !== undefined) await httpAs(reviewer.account).call('putRecipient', { input: { recipient } });

    step('Starting targets full of synthetic personal data');
    const people = makePeople(PERSON_COUNT, SEED);
    const filesFolder = writeDemoFiles(join(folder, 'files'), people);
    const { targets, notices } = await startTargets({ ...options, admin, people, filesFolder }, running);
    for (const input of targets) await admin.call('putTarget', { input });
    if (options.signal.aborted) throw stopped();
    return {
      serverUrl: server.url,
      profileFolder: profile.folder,
      filesFolder,
      identityFile: join(profile.identityFolder, 'identity.txt'),
      targets,
      people,
      notices,
      stop,
    };
  } catch (error) {
    await stop();
    throw options.signal.aborted ? stopped() : error;
  }
}

function stopped(): SallyportError {
  return new SallyportError('session-ended', 'The demo was stopped while it was set up.');
}

async function startTargets(
  options: InstallOptions & { admin: ServerHttp; people: readonly SyntheticPerson[]; filesFolder: string },
  running: { stop(): Promise<void> }[],
): Promise<{ targets: TargetInput[]; notices: string[] }> {
  const { folder, graceMs, people, environment } = options;
  const notices: string[] = [];
  const targets: TargetInput[] = [];
  const add = (target: DemoTarget) => {
    running.push(target);
    targets.push(target.input);
  };
  add(localTarget(graceMs));
  const { userCaKeys } = await options.admin.call('sshAuthorities', {});
  const ssh = await sshTarget({
    folder,
    files: options.filesFolder,
    userCaKey: userCaKeys.join('\n'),
    environment,
    graceMs,
  });
  add(ssh);
  if (ssh.notice !== null) notices.push(ssh.notice);
  if (hasProgram('psql', environment)) add(await databaseTarget({ folder, people, graceMs }));
  else
    notices.push(
      'The database target is left out: psql is not installed (Debian: apt-get install postgresql-client).',
    );
  return { targets, notices };
}

async function enrolPeople(
  admin: ServerHttp,
  serverUrl: string,
): Promise<{ role: Role; account: EnrolledAccount }[]> {
  const enrolled = [];
  for (const { name, role } of PEOPLE) {
    const { enrolCode } = await admin.call('createAccount', { input: { name, roles: [role] } });
    enrolled.push({ role, account: await enrolDevice({ serverUrl, code: enrolCode }) });
  }
  return enrolled;
}
