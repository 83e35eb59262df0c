import type { ZodType } from 'zod';
import { SallyportError } from '../../contract/errors.ts';
import type {
  RouteInput,
  RouteName,
  RouteOutput,
  RouteParams,
  RouteQuery,
} from '../../contract/server-routes.ts';
import { routePath, SERVER_ROUTES, SERVER_TIME_HEADER } from '../../contract/server-routes.ts';
import { failureOf, unreachable } from './problem.ts';
import type { ProofSigner } from './proof.ts';
import { requireSafeServerUrl } from './server-url.ts';

/** What a route needs: `input` and `params` where it has them, `query` and `signal` at will. */
export type CallArguments<N extends RouteName> = (RouteInput<N> extends undefined
  ? { readonly input?: undefined }
  : { readonly input: RouteInput<N> }) &
  (RouteParams<N> extends undefined
    ? { readonly params?: undefined }
    : { readonly params: RouteParams<N> }) & {
    readonly query?: RouteQuery<N> extends undefined ? undefined : Partial<RouteQuery<N>>;
    readonly signal?: AbortSignal;
  };

export interface ServerHttp {
  readonly serverUrl: string;
  /** Calls a route; the answer is checked by its schema. Throws `SallyportError`, never anything else. */
  call<N extends RouteName>(name: N, args: CallArguments<N>): Promise<RouteOutput<N>>;
  /**
   * A request with proof to any path of the server; answers of any status come back. Throws `server-unreachable`, also where the answer has not begun after
   * `timeoutMs` (how long its body may take is the caller's), and `bad-input` for a server over plain HTTP.
   */
  fetch(path: string, init?: RawRequest): Promise<Response>;
}

export interface RawRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'HEAD' | 'PATCH';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal;
}

export interface ServerHttpOptions {
  readonly serverUrl: string;
  /** null while there is no device yet: only open routes can be called */
  readonly proof: ProofSigner | null;
  /** server time in milliseconds, NaN while unknown */
  readonly nowMs: () => number;
  readonly wallNowMs: () => number;
  /** default 15 s */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 15_000;

export function createServerHttp(options: ServerHttpOptions): ServerHttp {
  const serverUrl = options.serverUrl.replace(/\/+$/, '');
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  /** From the unsigned header of a 401; good for proofs only, never for a decision about access. */
  let proofOffsetMs = 0;

  async function send(path: string, init: RawRequest): Promise<Response> {
    requireSafeServerUrl(serverUrl);
    const method = init.method ?? 'GET';
    const known = options.nowMs();
    const proofTimeMs = Number.isNaN(known) ? options.wallNowMs() + proofOffsetMs : known;
    const authorization = await options.proof?.authorize(method, path, proofTimeMs);
    const silence = new AbortController();
    const timer = setTimeout(() => silence.abort(tooLong()), timeoutMs);
    try {
      return await fetch(`${serverUrl}${path}`, {
        method,
        headers: { ...init.headers, ...(authorization === undefined ? {} : { authorization }) },
        ...(init.body === undefined ? {} : { body: init.body }),
        signal: init.signal === undefined ? silence.signal : AbortSignal.any([init.signal, silence.signal]),
        redirect: 'error',
      });
    } catch (cause) {
      throw unreachable(serverUrl, cause);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Once more with the server's time where it refused ours. */
  async function sendInTime(path: string, init: RawRequest): Promise<Response> {
    const response = await send(path, init);
    const serverMs = Number(response.headers.get(SERVER_TIME_HEADER) ?? Number.NaN);
    if (response.status !== 401 || !Number.isFinite(serverMs) || options.proof === null) return response;
    await response.body?.cancel();
    proofOffsetMs = serverMs - options.wallNowMs();
    return send(path, init);
  }

  return {
    serverUrl,
    fetch: (path, init = {}) => sendInTime(path, init),
    async call(name, args) {
      const route = SERVER_ROUTES[name];
      const path = routePath(route.path, args.params ?? {}, queryOf(args.query));
      const deadline = AbortSignal.timeout(timeoutMs);
      const response = await sendInTime(path, {
        method: route.method,
        headers: args.input === undefined ? {} : { 'content-type': 'application/json' },
        ...(args.input === undefined ? {} : { body: JSON.stringify(args.input) }),
        signal: args.signal === undefined ? deadline : AbortSignal.any([args.signal, deadline]),
      });
      if (!response.ok) throw await failureOf(response, serverUrl);
      const body: unknown = await response.json().catch((cause: unknown) => {
        throw unreachable(serverUrl, cause);
      });
      return parseAnswer<RouteOutput<typeof name>>(
        // The table's entry for `name` has exactly this output; TypeScript does not follow the index.
        route.output as unknown as ZodType<RouteOutput<typeof name>>,
        body,
        serverUrl,
      );
    },
  };
}

/** What `AbortSignal.timeout` gives as its reason. */
export function tooLong(): DOMException {
  return new DOMException('The answer took too long.', 'TimeoutError');
}

/** Queries of the table hold text and numbers only; schemas that coerce say `unknown`. */
function queryOf(query: object | undefined): Record<string, string | number> {
  const entries = Object.entries(query ?? {}).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'number',
  );
  return Object.fromEntries(entries);
}

function parseAnswer<T>(schema: ZodType<T>, body: unknown, serverUrl: string): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new SallyportError(
    'server-failed',
    `The server at ${serverUrl} answered something that this version does not understand. Use the same version of client and server.`,
    { cause: parsed.error },
  );
}
