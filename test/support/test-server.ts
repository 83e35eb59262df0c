import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import type { GrantRecord, Role, TargetInput, TargetSummary } from '../../contract/server-api.ts';
import { initServer, startServer } from '../../server/start-server.ts';
import type { RunningServer, ServerConfig } from '../../server/start-server.ts';
import type { TestDevice } from './server-device.ts';
import { enrolDevice } from './server-device.ts';

/** A real server on a data folder of its own, with its administrator enrolled. */
export interface TestServer {
  readonly dataFolder: string;
  readonly administrator: TestDevice;
  url(): string;
  running(): RunningServer;
  /** A new account with its first device. */
  person(name: string, ...roles: readonly Role[]): Promise<TestDevice>;
  /** Registers a target of which the test says only what matters to it. */
  target(input: TestTarget): Promise<TargetSummary>;
  /** Ends the server until `restart`. */
  pause(): Promise<void>;
  /** Ends the server and starts it again on the same data; its address changes. */
  restart(changes?: Partial<ServerConfig>): Promise<void>;
  close(): Promise<void>;
}

export type TestTarget = Partial<Omit<z.input<typeof TargetInput>, 'target'>> & {
  readonly target: z.input<typeof TargetInput>['target'];
};

export async function startTestServer(overrides: Partial<ServerConfig> = {}): Promise<TestServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'sallyport-server-'));
  const config: ServerConfig = { dataFolder, host: '127.0.0.1', port: 0, logLevel: 'error', ...overrides };
  const { enrolCode } = await initServer({ dataFolder, adminName: 'Root' });
  let server = await startServer(config);
  const url = () => server.url;
  const administrator = await enrolDevice(url, enrolCode, config.nowMs);
  return {
    dataFolder,
    administrator,
    url,
    running: () => server,
    async person(name, ...roles) {
      const made = await administrator.ok('createAccount', { input: { name, roles: [...roles] } });
      return enrolDevice(url, made.enrolCode, config.nowMs);
    },
    target: ({ target, ...rest }) =>
      administrator.ok('putTarget', {
        input: {
          accounts: ['deploy'],
          redaction: {},
          scope: {},
          session: {},
          maxMinutes: 60,
          secret: { kind: 'none' },
          ...rest,
          target,
        },
      }),
    pause: () => server.close(),
    async restart(changes = {}) {
      await server.close();
      server = await startServer({ ...config, ...changes });
    },
    async close() {
      await server.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Requests and approves: the grant as the operator's device sees it. */
export async function grantAccess(
  operator: TestDevice,
  approver: TestDevice,
  wish: { readonly target: TargetSummary; readonly durationS?: number; readonly supersedes?: string },
): Promise<GrantRecord> {
  const request = await operator.ok('createRequest', {
    input: {
      targetId: wish.target.id,
      account: wish.target.accounts[0] ?? '',
      reason: 'a test',
      durationS: wish.durationS ?? 600,
      ...(wish.supersedes === undefined ? {} : { supersedes: wish.supersedes }),
    },
  });
  const decided = await approver.ok('decideRequest', {
    params: { id: request.id },
    input: { decision: 'approve' },
  });
  return operator.ok('getGrant', { params: { id: decided.grantId ?? '' } });
}
