import { afterAll, beforeAll, describe } from 'vitest';
import { openTransport } from '../../main/session-host/transports/open-transport.ts';
import { openLocalPty } from '../../main/session-host/transports/local-pty.ts';
import type { TestMariadb } from '../support/mariadb.ts';
import { mariadbMissing, startMariadb } from '../support/mariadb.ts';
import type { TestPostgres } from '../support/postgres.ts';
import { psqlMissing, startPostgres } from '../support/postgres.ts';
import { openFixture } from '../support/session-fixtures.ts';
import { createSshKey } from '../support/ssh-key.ts';
import type { Ssh2Server } from '../support/ssh2-server.ts';
import { startSsh2Server } from '../support/ssh2-server.ts';
import type { Sshd } from '../support/sshd.ts';
import { sshdMissing, startSshd } from '../support/sshd.ts';
import { describeTransport } from './transport-suite.ts';

const ENVIRONMENT = { PATH: '/usr/bin:/bin', HOME: '/tmp', SHELL: '/bin/bash' };
const SHELL = {
  scriptLine: (path: string): string => `sh ${path}`,
  exitLine: 'exit 3\n',
  exitStatus: 3,
  prompt: /[$#] /,
  pausedLines: 500,
};
const REMOTE = { isLocal: false, proof: { processesLeft: null, isChannelClosed: true } };

let runs = 0;
describeTransport('a local terminal', {
  ...SHELL,
  isLocal: true,
  proof: { processesLeft: 0, isChannelClosed: null },
  open: size => {
    runs += 1;
    return openLocalPty({
      file: 'bash',
      args: ['--norc', '--noprofile', '-i'],
      cwd: '/tmp',
      environment: { ...ENVIRONMENT, PS1: '$ ' },
      ...size,
      sessionId: `se_contract_${String(runs)}`,
    });
  },
});

const noSshd = sshdMissing();
if (noSshd !== null) console.log(`skipped: terminals by OpenSSH (${noSshd})`);
describe.skipIf(noSshd !== null)('OpenSSH', () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());

  describeTransport('a terminal by OpenSSH', {
    ...SHELL,
    ...REMOTE,
    open: size => {
      const key = createSshKey();
      return openTransport(
        openFixture({
          ...size,
          environment: ENVIRONMENT,
          target: {
            kind: 'ssh',
            host: sshd.host,
            port: sshd.port,
            account: sshd.account,
            trust: { pinnedKeys: [sshd.hostKey], hostCaKeys: [] },
          },
          sshPrivateKeyPem: key.privateKeyPem,
          credential: {
            kind: 'ssh-certificate',
            certificate: sshd.signUser(key.publicKey),
            validUntilMs: Date.now() + 60_000,
          },
        }),
      );
    },
  });
});

describe('ssh2', () => {
  let server: Ssh2Server;
  beforeAll(async () => {
    server = await startSsh2Server();
  });
  afterAll(() => server.stop());

  describeTransport('a terminal by ssh2', {
    ...SHELL,
    ...REMOTE,
    open: size =>
      openTransport(
        openFixture({
          ...size,
          environment: ENVIRONMENT,
          target: {
            kind: 'ssh',
            transport: 'ssh2',
            host: server.host,
            port: server.port,
            account: server.username,
            trust: { pinnedKeys: [server.hostKey], hostCaKeys: [] },
          },
          credential: {
            kind: 'password',
            username: server.username,
            password: server.password,
            validUntilMs: null,
          },
        }),
      ),
  });
});

const DATABASE = { isLocal: true, exitStatus: 0, proof: { processesLeft: 0, isChannelClosed: true } };

const noPsql = psqlMissing();
if (noPsql !== null) console.log(`skipped: database terminals by psql (${noPsql})`);
describe.skipIf(noPsql !== null)('psql', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  describeTransport('a PostgreSQL terminal', {
    ...DATABASE,
    scriptLine: path => `\\! sh ${path}`,
    exitLine: '\\q\n',
    prompt: /shop=> /,
    pausedLines: 200,
    open: size =>
      openTransport(
        openFixture({
          ...size,
          environment: ENVIRONMENT,
          target: {
            kind: 'postgres',
            host: server.host,
            port: server.port,
            account: server.username,
            database: server.database,
          },
          credential: {
            kind: 'password',
            username: server.username,
            password: server.password,
            validUntilMs: null,
          },
        }),
      ),
  });
});

const noMariadb = mariadbMissing();
if (noMariadb !== null) console.log(`skipped: database terminals by mariadb (${noMariadb})`);
describe.skipIf(noMariadb !== null)('mariadb', () => {
  let server: TestMariadb;
  beforeAll(async () => {
    server = await startMariadb();
  });
  afterAll(() => server.stop());

  describeTransport('a MySQL terminal', {
    ...DATABASE,
    scriptLine: path => `\\! sh ${path}`,
    exitLine: '\\q\n',
    prompt: /\[shop\]> /,
    pausedLines: 200,
    open: size =>
      openTransport(
        openFixture({
          ...size,
          environment: ENVIRONMENT,
          target: {
            kind: 'mysql',
            client: 'mariadb',
            host: server.host,
            port: server.port,
            account: server.username,
            database: server.database,
          },
          credential: {
            kind: 'password',
            username: server.username,
            password: server.password,
            validUntilMs: null,
          },
        }),
      ),
  });
});
