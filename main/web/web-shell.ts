import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Fastify from 'fastify';
import { z } from 'zod';
import { SallyportError } from '../../contract/errors.ts';
import type { App, AppConnection } from '../app/app.ts';
import { contentSecurityPolicy, rendererHeaders } from '../shell/content-security-policy.ts';
import type { Timers } from '../timers.ts';
import { systemTimers } from '../timers.ts';
import { serveDataSocket } from './data-socket.ts';
import { POLICY_VIOLATION, serveIpcSocket } from './ipc-socket.ts';
import { createOneTimeTokens, createSecretSet } from './one-time-token.ts';
import { answerBadRequest, answerNotFound } from './not-found.ts';
import { refusalOf } from './request-guard.ts';

/** The client in a browser on this machine. */
export interface WebShell {
  readonly port: number;
  /** An address with a token that works once, within TOKEN_LIFETIME_MS. */
  issueAddress(): string;
  close(): Promise<void>;
}

export interface WebShellOptions {
  readonly app: App;
  /** the built renderer */
  readonly rendererFolder: string;
  /** 0 takes a free one */
  readonly port: number;
  readonly timers?: Timers;
}

/** The largest honest request is a review note; the largest input frame 16 KiB. */
const MAX_MESSAGE_BYTES = 256 * 1024;
const COOKIE_OF_NOBODY =
  'This address is closed to you. Open the one-time address that Sallyport printed when it started; press Enter there for another one.\n';
/** No route here has a JSON schema (zod reads what comes): without this, Fastify loads and makes a compiler for them at each start. */
const noSchema = (): never => {
  throw new Error('A route of the web shell has a JSON schema, which nothing here compiles.');
};
const WITHOUT_SCHEMAS = { compilersFactory: { buildValidator: noSchema, buildSerializer: noSchema } };
const RootQuery = z.object({ token: z.string().min(1).max(200).optional() });
const DataQuery = z.object({ window: z.string().max(100) });
const DataParams = z.object({ sessionId: z.string().max(100) });

/** Serves on 127.0.0.1 only. Throws `conflict` where the port is taken. */
export async function startWebShell(options: WebShellOptions): Promise<WebShell> {
  const timers = options.timers ?? systemTimers;
  const tokens = createOneTimeTokens(() => timers.nowMs());
  const visitors = createSecretSet();
  // Cookies do not know ports: a name of its own keeps instances on one machine apart.
  const cookieName = `sallyport-${randomBytes(6).toString('hex')}`;
  const windows = new Map<string, AppConnection>();
  let port = 0;

  const fastify = Fastify({
    logger: false,
    bodyLimit: 1024,
    schemaController: WITHOUT_SCHEMAS,
    // An address that cannot be read comes before any hook.
    frameworkErrors: (_error, _request, reply) => answerBadRequest(reply, 400),
  });
  await fastify.register(fastifyCookie);
  await fastify.register(fastifyWebsocket, { options: { maxPayload: MAX_MESSAGE_BYTES } });

  const policy = (): string => contentSecurityPolicy([`ws://127.0.0.1:${port}`, `ws://localhost:${port}`]);
  const isVisitor = (request: FastifyRequest): boolean => {
    const secret = request.cookies[cookieName];
    return secret !== undefined && visitors.has(secret);
  };

  fastify.addHook('onRequest', async (request, reply) => {
    for (const [name, value] of Object.entries(rendererHeaders(policy()))) void reply.header(name, value);
    const refusal = refusalOf({ ...originOf(request.raw), isUpgrade: request.ws }, port);
    if (refusal !== null) return refuse(reply, refusal);
    const { token } = queryOf(request);
    if (token === undefined ? isVisitor(request) : isRoot(request)) return undefined;
    return refuse(reply, COOKIE_OF_NOBODY);
  });

  await fastify.register(fastifyStatic, {
    root: options.rendererFolder,
    cacheControl: false,
    etag: false,
    lastModified: false,
    index: false,
    dotfiles: 'deny',
  });

  fastify.setNotFoundHandler((request, reply) => answerNotFound(request, reply));
  fastify.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    return answerBadRequest(reply, status >= 400 && status < 500 ? status : 500);
  });

  fastify.get('/', (request, reply) => {
    const { token } = queryOf(request);
    if (token === undefined) return reply.sendFile('index.html');
    // A used address that is opened again in the same browser does no harm.
    if (!tokens.redeem(token))
      return isVisitor(request) ? reply.redirect('/', 303) : refuse(reply, COOKIE_OF_NOBODY);
    return reply
      .setCookie(cookieName, visitors.add(), { path: '/', httpOnly: true, sameSite: 'strict' })
      .redirect('/', 303);
  });

  fastify.get('/ipc', { websocket: true }, socket => {
    socket.on('error', () => socket.terminate());
    const connection = serveIpcSocket(socket, options.app, timers);
    windows.set(connection.id, connection);
    socket.on('close', () => windows.delete(connection.id));
  });

  fastify.get('/data/:sessionId', { websocket: true }, (socket, request) => {
    socket.on('error', () => socket.terminate());
    const query = DataQuery.safeParse(request.query);
    const params = DataParams.safeParse(request.params);
    const connection = query.success ? windows.get(query.data.window) : undefined;
    if (connection === undefined || !params.success) return socket.close(POLICY_VIOLATION, 'no such window');
    return serveDataSocket(socket, connection, params.data.sessionId);
  });

  try {
    await fastify.listen({ host: '127.0.0.1', port: options.port });
  } catch (cause) {
    await fastify.close();
    throw new SallyportError(
      'conflict',
      `The web shell cannot listen on 127.0.0.1:${options.port}: the port is taken or not allowed. Choose another one with --port.`,
      { cause },
    );
  }
  const address = fastify.server.address();
  port = typeof address === 'object' && address !== null ? address.port : options.port;

  return {
    port,
    issueAddress: () => `http://127.0.0.1:${port}/?token=${tokens.issue()}`,
    async close() {
      for (const client of fastify.websocketServer.clients) client.close(1001, 'Sallyport is closing');
      for (const client of fastify.websocketServer.clients) client.terminate();
      await fastify.close();
    },
  };
}

function originOf(request: IncomingMessage) {
  return { method: request.method ?? 'GET', host: request.headers.host, origin: request.headers.origin };
}

function isRoot(request: FastifyRequest): boolean {
  return request.method === 'GET' && request.url.split('?')[0] === '/';
}

function queryOf(request: FastifyRequest): z.infer<typeof RootQuery> {
  const parsed = RootQuery.safeParse(request.query);
  return parsed.success ? parsed.data : {};
}

function refuse(reply: FastifyReply, message: string): FastifyReply {
  return reply
    .code(403)
    .type('text/plain; charset=utf-8')
    .send(message.endsWith('\n') ? message : `${message}\n`);
}
