import { randomUUID } from 'node:crypto';
import type { Outcome } from '../../contract/errors.ts';
import { SallyportError } from '../../contract/errors.ts';
import type { AccountId } from '../../contract/ids.ts';
import { SessionId } from '../../contract/ids.ts';
import type { AppState, EventName, EventOf } from '../../contract/ipc.ts';
import type { LinkView } from '../../contract/link.ts';
import type { Account } from '../../contract/server-api.ts';
import type { ShellFacts, ShellNotification } from '../../contract/shell.ts';
import { createRouter } from '../ipc/router.ts';
import { createIdentityStore } from '../review/identity-store.ts';
import type { CreateReviewService } from '../review/review-service.ts';
import { enrolDevice } from '../server-client/enrol.ts';
import { createSessionHostPool } from '../session-host-client/create-session-host-pool.ts';
import type { ForkHost } from '../session-host-client/session-host-client.ts';
import type { Attachment, TerminalPort } from '../sessions/terminal-relay.ts';
import type { Timers } from '../timers.ts';
import { systemTimers } from '../timers.ts';
import type { Profile } from '../vault/profile-folder.ts';
import type { DeviceKey } from '../vault/device-key.ts';
import { generateDeviceKey } from '../vault/device-key.ts';
import type { SecretBox } from '../vault/secret-box.ts';
import type { EnrolledAccount } from '../vault/vault.ts';
import { createVault } from '../vault/vault.ts';
import { version } from '../version.ts';
import type { AccountServices } from './account-services.ts';
import { createAccountServices } from './account-services.ts';
import { handlers, withoutJws } from './handlers.ts';
import { createSignIns } from './sign-ins.ts';

/** The client without a window: accounts, their connections and sessions. A shell puts windows on it. */
export interface App {
  /** A window opens: it acts as the account that was used last. */
  connect(onEvent: <N extends EventName>(name: N, payload: EventOf<N>) => void): AppConnection;
  /** Enrols this client with a one-time code; windows see the new account. Throws `SallyportError`. */
  enrol(serverUrl: string, code: string): Promise<Account>;
  accounts(): readonly AccountServices[];
  /** Leads every window to what a link names; a link that no page follows yet is kept for the first that does. */
  showLink(link: LinkView): void;
  /** Tells every window something about the program itself. */
  tell(level: 'info' | 'error', message: string): void;
  /** The machine woke up: nothing is open until the server has confirmed it anew. */
  resumed(): void;
  /** The machine's screen is locked, or it goes to sleep: every session is locked until its operator unlocks it. */
  away(): void;
  /** Ends every session and everything that was started. */
  dispose(): Promise<void>;
}

/** One window. */
export interface AppConnection {
  readonly id: string;
  /** Nothing about `name` and `input` is known; never rejects. */
  request(name: unknown, input: unknown): Promise<Outcome<unknown>>;
  /** Puts a terminal on a session of the window's account. Throws `not-found`, `not-signed-in`, `bad-input`. */
  attach(sessionId: string, port: TerminalPort): Attachment;
  /** The page crashed or is loaded anew: until it asks again, it follows nothing. */
  pageGone(): void;
  /** The window is gone; its sessions go on. */
  dispose(): void;
}

export interface AppOptions {
  readonly profile: Profile;
  readonly secretBox: SecretBox;
  readonly shell: ShellFacts;
  readonly forkHost: ForkHost;
  readonly createReviewService: CreateReviewService;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** shows a notification of the system; without it the shell has none of its own */
  readonly notify?: (notification: ShellNotification) => void;
  readonly spoolQuotaBytes?: number;
  /** whether a session host waits for the next session; default true */
  readonly keepsSpareHost?: boolean;
  readonly timers?: Timers;
  readonly wallNowMs?: () => number;
  readonly random?: () => number;
  /** an unexpected error behind a request: for a log, never for a window */
  readonly onBug?: (where: string, error: unknown) => void;
}

const DEFAULT_SPOOL_QUOTA_BYTES = 2 * 1024 ** 3;

interface Window {
  readonly onEvent: <N extends EventName>(name: N, payload: EventOf<N>) => void;
  accountId: AccountId | null;
  followsLinks: boolean;
}

/** Throws `SallyportError` where an account file cannot be read. */
export function createApp(options: AppOptions): App {
  const timers = options.timers ?? systemTimers;
  const wallNowMs = options.wallNowMs ?? Date.now;
  const random = options.random ?? Math.random;
  const vault = createVault(options.profile.accountsFolder, options.secretBox);
  const enrolled = vault.list();
  const identities = createIdentityStore(options.profile.identityFolder, options.secretBox);
  const pool = createSessionHostPool({
    fork: options.forkHost,
    timers,
    keepsSpare: options.keepsSpareHost ?? true,
  });
  const services = new Map<AccountId, AccountServices>();
  const windows = new Set<Window>();
  const signIns = createSignIns();
  const route = createRouter(handlers, options.onBug ?? (() => undefined));
  let lastUsed: AccountId | null = null;
  let waitingLink: LinkView | null = null;
  let disposing: Promise<void> | null = null;

  function start(account: EnrolledAccount): AccountServices {
    const accountId = account.account.id;
    const started = createAccountServices({
      enrolled: account,
      profile: options.profile,
      pool,
      timers,
      wallNowMs,
      random,
      ownEnvironment: options.environment,
      spoolQuotaBytes: options.spoolQuotaBytes ?? DEFAULT_SPOOL_QUOTA_BYTES,
      identities,
      createReviewService: options.createReviewService,
      emit(name, payload) {
        for (const window of windows)
          if (window.accountId === accountId) window.onEvent(name, cleaned(name, payload));
      },
      onState() {
        for (const window of windows) if (window.accountId === accountId) tellState(window);
      },
    });
    services.set(accountId, started);
    return started;
  }

  function stateOf(window: Window): AppState {
    const current = window.accountId === null ? undefined : services.get(window.accountId);
    const nowMs = current?.connection.time.nowMs() ?? Number.NaN;
    return {
      version,
      // For showing only: what decides is each session's own snapshot.
      nowMs: Number.isNaN(nowMs) ? wallNowMs() : nowMs,
      shell: options.shell,
      accounts: [...services.values()].map(each => each.enrolled.account),
      current: current?.enrolled.account ?? null,
      server: {
        url: current?.enrolled.serverUrl ?? '',
        state: current?.connection.state.kind ?? 'offline',
        message: current === undefined ? null : current.connection.state.message,
      },
    };
  }

  const tellState = (window: Window): void => window.onEvent('app.changed', stateOf(window));

  async function enrol(serverUrl: string, code: string): Promise<Account> {
    return adopt(await enrolDevice({ serverUrl, code }));
  }

  async function adopt(account: EnrolledAccount): Promise<Account> {
    vault.keep(account);
    await services.get(account.account.id)?.close();
    start(account);
    for (const window of windows) tellState(window);
    return account.account;
  }

  function servicesOf(window: Window): AccountServices {
    const found = window.accountId === null ? undefined : services.get(window.accountId);
    if (found !== undefined) return found;
    throw new SallyportError(
      'not-signed-in',
      'This window acts as nobody yet. Choose an account, or enrol with the code that your administrator gave you.',
    );
  }

  function useAccount(window: Window, accountId: AccountId): void {
    if (!services.has(accountId))
      throw new SallyportError('not-found', 'This client has no such account. Enrol it first.');
    window.accountId = accountId;
    lastUsed = accountId;
    tellState(window);
  }

  /** The key of the window's account where its sign-in has run out, so that its grants and sessions go on; else a new one. */
  function deviceFor(window: Window, serverUrl: string): DeviceKey {
    const current = window.accountId === null ? undefined : services.get(window.accountId);
    const isItsServer = current?.enrolled.serverUrl === serverUrl.replace(/\/+$/, '');
    return current !== undefined && isItsServer && current.connection.state.kind !== 'online'
      ? current.enrolled.device
      : generateDeviceKey();
  }

  /** Whose device it is already only has its sign-in renewed: what runs for it goes on. */
  async function renewed(account: EnrolledAccount): Promise<AccountId> {
    const known = services.get(account.account.id);
    if (known?.enrolled.deviceId !== account.deviceId) return (await adopt(account)).id;
    vault.keep(account);
    known.connection.doubt();
    return account.account.id;
  }

  /** A code renews the window's account where its sign-in has run out, or makes a device of another. */
  async function enrolFor(window: Window, serverUrl: string, code: string): Promise<AccountId> {
    try {
      return await renewed(await enrolDevice({ serverUrl, code, device: deviceFor(window, serverUrl) }));
    } catch (error) {
      // The code is for somebody else than the one whose key it was.
      if (!(error instanceof SallyportError) || error.code !== 'not-allowed') throw error;
      return (await enrol(serverUrl, code)).id;
    }
  }

  async function dispose(): Promise<void> {
    signIns.dispose();
    await Promise.all([...services.values()].map(each => each.close()));
    await pool.dispose();
    windows.clear();
  }

  for (const account of enrolled) start(account);

  return {
    connect(onEvent) {
      const window: Window = {
        onEvent,
        accountId: lastUsed ?? firstAccount(services.values()),
        followsLinks: false,
      };
      windows.add(window);
      const context = {
        services: () => servicesOf(window),
        appState: () => stateOf(window),
        followLinks() {
          window.followsLinks = true;
          const link = waitingLink;
          waitingLink = null;
          return link;
        },
        notify(notification: ShellNotification) {
          options.notify?.(notification);
          return options.notify !== undefined;
        },
        useAccount: (accountId: AccountId) => useAccount(window, accountId),
        async enrol(serverUrl: string, code: string) {
          useAccount(window, await enrolFor(window, serverUrl, code));
        },
        startSignIn: (serverUrl: string, flow: 'browser' | 'device') =>
          signIns.start({ serverUrl, flow, device: deviceFor(window, serverUrl) }),
        async waitForSignIn(id: string) {
          const account = await signIns.wait(id);
          if (account === null) return false;
          useAccount(window, await renewed(account));
          return true;
        },
        cancelSignIn: (id: string) => signIns.cancel(id),
      };
      return {
        id: randomUUID(),
        request: (name, input) => route(name, input, context),
        attach(sessionId, port) {
          const parsed = SessionId.safeParse(sessionId);
          if (!parsed.success) throw new SallyportError('bad-input', 'This is no name of a session.');
          return servicesOf(window).sessions.get(parsed.data).attach(port);
        },
        pageGone() {
          window.followsLinks = false;
        },
        dispose: () => void windows.delete(window),
      };
    },
    enrol,
    accounts: () => [...services.values()],
    showLink(link) {
      if (![...windows].some(window => window.followsLinks)) waitingLink = link;
      for (const window of windows) window.onEvent('deep-link', link);
    },
    tell(level, message) {
      for (const window of windows) window.onEvent('notice', { level, message });
    },
    resumed() {
      for (const each of services.values()) each.connection.doubt();
    },
    away() {
      for (const each of services.values()) each.sessions.lockAll();
    },
    dispose: () => (disposing ??= dispose()),
  };
}

/** Somebody who can do something is a better start than whoever comes first by name. */
function firstAccount(all: Iterable<AccountServices>): AccountId | null {
  const accounts = [...all].map(each => each.enrolled.account);
  return (accounts.find(account => account.roles.includes('operator')) ?? accounts[0])?.id ?? null;
}

/** What goes to a window holds no grant. */
function cleaned<N extends EventName>(name: N, payload: EventOf<N>): EventOf<N> {
  if (name !== 'grants.changed') return payload;
  // `grants.changed` carries a grant; TypeScript does not narrow the payload by the name.
  return withoutJws(payload as EventOf<'grants.changed'>) as EventOf<N>;
}
