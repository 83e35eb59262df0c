import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccessSnapshot } from '../../contract/access.ts';
import type { Outcome } from '../../contract/errors.ts';
import type { SessionTerms } from '../../contract/grant.ts';
import { TargetId } from '../../contract/ids.ts';
import type { EventName, RequestInputOf, RequestName, RequestOutputOf } from '../../contract/ipc.ts';
import type { z } from 'zod';
import type { AccessRequest, Account, Role, TargetInput } from '../../contract/server-api.ts';
import { decodeHostMessage, encodeTerminalMessage } from '../../core/data-plane/frame.ts';
import type { App, AppConnection } from '../../main/app/app.ts';
import { createApp } from '../../main/app/app.ts';
import { createReviewService } from '../../main/review/create-review-service.ts';
import { createIdentityStore } from '../../main/review/identity-store.ts';
import { enrolDevice } from '../../main/server-client/enrol.ts';
import { createProofSigner } from '../../main/server-client/proof.ts';
import type { ServerHttp } from '../../main/server-client/server-http.ts';
import { createServerHttp } from '../../main/server-client/server-http.ts';
import { createForkNodeHost } from '../../main/session-host-client/fork-node-host.ts';
import { openProfile } from '../../main/vault/profile-folder.ts';
import { fileSecretBox } from '../../main/vault/secret-box.ts';
import { WEB_SHELL_FACTS } from '../../main/web/web-shell-facts.ts';
import type { RunningServer, ServerConfig } from '../../server/start-server.ts';
import { initServer, startServer } from '../../server/start-server.ts';
import type { CutProxy } from './cut-proxy.ts';
import { startCutProxy } from './cut-proxy.ts';

/** A server with people and a local target, a network that can be cut, and a client: all real. */
export interface ClientWorld {
  readonly server: RunningServer;
  readonly network: CutProxy;
  readonly admin: ServerHttp;
  readonly profileFolder: string;
  readonly app: App;
  readonly operator: TestWindow;
  readonly approver: TestWindow;
  readonly reviewer: TestWindow;
  /** A client on the same profile, as after a restart. */
  openClient(): App;
  close(): Promise<void>;
}

/** A window that acts as one account. */
export interface TestWindow {
  readonly account: Account;
  readonly connection: AppConnection;
  /** Everything that was told, in order. */
  readonly events: readonly { readonly name: EventName; readonly payload: unknown }[];
  /** The value, or throws the failure. */
  ask<N extends RequestName>(name: N, input: RequestInputOf<N>): Promise<RequestOutputOf<N>>;
  outcome<N extends RequestName>(name: N, input: RequestInputOf<N>): Promise<Outcome<RequestOutputOf<N>>>;
  /** The newest access snapshot of a session; resolves when one fits. */
  untilAccess(sessionId: string, fits: (access: AccessSnapshot) => boolean): Promise<AccessSnapshot>;
}

const TARGET_ID = 'tg_local';

export async function startClientWorld(
  terms: Partial<SessionTerms> = {},
  changes: {
    readonly target?: Partial<Pick<z.input<typeof TargetInput>, 'budget' | 'monitoring'>>;
    readonly server?: Partial<ServerConfig>;
    /** the wall clock of the client's machine */
    readonly wallNowMs?: () => number;
  } = {},
): Promise<ClientWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-world-'));
  const dataFolder = join(folder, 'server');
  const { enrolCode } = await initServer({ dataFolder, adminName: 'Adam' });
  const server = await startServer({
    dataFolder,
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    ...changes.server,
  });
  const network = await startCutProxy(server.url);
  const admin = httpOf(await enrolDevice({ serverUrl: server.url, code: enrolCode }));
  const profileFolder = join(folder, 'profile');
  const profile = openProfile(profileFolder, {});
  const recipient = await createIdentityStore(profile.identityFolder).create(null);
  await admin.call('putTarget', {
    input: {
      target: { id: TARGET_ID as never, kind: 'local', name: 'This machine' },
      accounts: ['user'],
      redaction: {},
      scope: {},
      session: { ...terms },
      maxMinutes: 60,
      secret: { kind: 'none' },
      ...changes.target,
    },
  });
  const openClient = () =>
    createApp({
      profile,
      secretBox: fileSecretBox,
      shell: WEB_SHELL_FACTS,
      forkHost: createForkNodeHost(),
      createReviewService,
      ...(changes.wallNowMs === undefined ? {} : { wallNowMs: changes.wallNowMs }),
      environment: { PATH: '/usr/bin:/bin', HOME: '/tmp', SHELL: '/bin/sh', LANG: 'C.UTF-8' },
    });
  const app = openClient();
  const enrol = async (name: string, role: Role): Promise<TestWindow> => {
    const { enrolCode: code } = await admin.call('createAccount', { input: { name, roles: [role] } });
    return openTestWindow(app, await app.enrol(network.url, code));
  };
  const operator = await enrol('Olga', 'operator');
  const approver = await enrol('Anna', 'approver');
  const reviewer = await enrol('Rita', 'reviewer');
  await admin.call('putRecipient', { input: { recipient, accountId: reviewer.account.id } });
  return {
    server,
    network,
    admin,
    profileFolder,
    app,
    operator,
    approver,
    reviewer,
    openClient,
    async close() {
      await app.dispose();
      await network.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function openTestWindow(app: App, account: Account): Promise<TestWindow> {
  const events: { name: EventName; payload: unknown }[] = [];
  const watchers = new Set<() => void>();
  const connection = app.connect((name, payload) => {
    events.push({ name, payload });
    for (const look of [...watchers]) look();
  });
  const outcome: TestWindow['outcome'] = async (name, input) => {
    const answer = await connection.request(name, input);
    // The router has checked the value against the schema of this very name.
    return answer as Outcome<RequestOutputOf<typeof name>>;
  };
  await connection.request('account.use', { accountId: account.id });
  return {
    account,
    connection,
    events,
    outcome,
    async ask(name, input) {
      const answer = await outcome(name, input);
      if (answer.ok) return answer.value;
      throw Object.assign(new Error(answer.error.message), { code: answer.error.code });
    },
    untilAccess(sessionId, fits) {
      return new Promise(resolve => {
        const look = () => {
          const newest = events
            .filter(event => event.name === 'access.changed')
            .map(event => event.payload as AccessSnapshot)
            .findLast(access => access.sessionId === sessionId);
          if (newest === undefined || !fits(newest)) return;
          watchers.delete(look);
          resolve(newest);
        };
        watchers.add(look);
        look();
      });
    },
  };
}

/** Request and approval; the answer names the grant. */
export async function grantAccess(
  world: Pick<ClientWorld, 'operator' | 'approver'>,
  durationS: number,
  supersedes?: string,
  targetId: string = TARGET_ID,
): Promise<AccessRequest & { readonly grantId: NonNullable<AccessRequest['grantId']> }> {
  const request = await world.operator.ask('requests.create', {
    targetId: TargetId.parse(targetId),
    account: 'user',
    reason: 'incident 7',
    durationS,
    ...(supersedes === undefined ? {} : { supersedes }),
  });
  const decided = await world.approver.ask('requests.decide', {
    requestId: request.id,
    decision: { decision: 'approve' },
  });
  if (decided.grantId === null) throw new Error('no grant');
  return { ...decided, grantId: decided.grantId };
}

/** A terminal on a session: what it shows, and typing into it. */
export interface TestTerminal {
  readonly shown: () => string;
  type(text: string): void;
  /** Resolves when what is shown fits. */
  until(pattern: RegExp): Promise<string>;
  readonly closed: Promise<string>;
}

export function attachTerminal(window: TestWindow, sessionId: string): TestTerminal {
  const decoder = new TextDecoder();
  const watchers = new Set<() => void>();
  const closed = Promise.withResolvers<string>();
  let text = '';
  const early: Uint8Array[] = [];
  const take = (frame: Uint8Array): void => {
    const message = decodeHostMessage(frame);
    if (message?.kind !== 'output') return;
    text += decoder.decode(message.bytes, { stream: true });
    attachment?.receive(encodeTerminalMessage({ kind: 'ack', seq: message.seq }));
    for (const look of [...watchers]) look();
  };
  let attachment: ReturnType<AppConnection['attach']> | null = null;
  attachment = window.connection.attach(sessionId, {
    send: frame => (attachment === null ? void early.push(frame) : take(frame)),
    closed: why => closed.resolve(why),
  });
  early.forEach(take);
  return {
    shown: () => text,
    type(typed) {
      attachment?.receive(encodeTerminalMessage({ kind: 'input', bytes: new TextEncoder().encode(typed) }));
    },
    until(pattern) {
      return new Promise(resolve => {
        const look = () => {
          if (!pattern.test(text)) return;
          watchers.delete(look);
          resolve(text);
        };
        watchers.add(look);
        look();
      });
    },
    closed: closed.promise,
  };
}

/** The server as this account sees it. */
export function httpOf(account: Awaited<ReturnType<typeof enrolDevice>>): ServerHttp {
  return createServerHttp({
    serverUrl: account.serverUrl,
    proof: createProofSigner({
      deviceId: account.deviceId,
      audience: account.audience,
      privateKeyPem: account.device.privateKeyPem,
    }),
    nowMs: () => Number.NaN,
    wallNowMs: () => Date.now(),
  });
}
