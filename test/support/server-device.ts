import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { CompactSign } from 'jose';
import type { Account, EnrolAnswer } from '../../contract/server-api.ts';
import type { RouteShape } from '../../contract/routes/route.ts';
import { COMMON_REFUSALS } from '../../contract/routes/route.ts';
import { EnrolAnswer as EnrolAnswerSchema, Problem, PROOF_TYP } from '../../contract/server-api.ts';
import type { RouteInput, RouteName, RouteOutput } from '../../contract/server-routes.ts';
import { EVENTS_PATH, routePath, SERVER_ROUTES } from '../../contract/server-routes.ts';
import type { EventReader } from './event-reader.ts';
import { readEventStream } from './event-reader.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface CallOptions<N extends RouteName> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly input?: RouteInput<N>;
}

/** A device of an account, written after contract/server-api.ts only: it shares no code with the real client. */
export interface TestDevice {
  readonly account: Account;
  readonly deviceId: string;
  readonly enrolment: EnrolAnswer;
  readonly privateKey: KeyObject;
  /** raw public key, base64url */
  readonly publicKey: string;
  /** Whatever the answer is. */
  call<N extends RouteName>(name: N, options?: CallOptions<N>): Promise<Answer>;
  /** The parsed answer of a call that must succeed. */
  ok<N extends RouteName>(name: N, options?: CallOptions<N>): Promise<RouteOutput<N>>;
  proof(
    request: { method: string; path: string },
    changes?: Readonly<Record<string, unknown>>,
  ): Promise<string>;
  events(after?: number): Promise<EventReader>;
}

/** Uses an enrolment code up. `baseUrl`: where the server is now (it may move with a restart); `nowMs`: its time. */
export async function enrolDevice(
  baseUrl: () => string,
  code: string,
  nowMs: () => number = Date.now,
): Promise<TestDevice> {
  const { privateKey, publicKey: publicKeyObject } = generateKeyPairSync('ed25519');
  const publicKey = publicKeyObject.export({ format: 'jwk' }).x ?? '';
  const answer = await send(`${baseUrl()}${SERVER_ROUTES.enrol.path}`, 'POST', {
    body: { code, deviceName: 'test device', devicePublicKey: publicKey },
  });
  if (answer.status !== 200) throw new Error(`enrolment failed: ${JSON.stringify(answer.body)}`);
  const enrolment = EnrolAnswerSchema.parse(answer.body);

  const proof: TestDevice['proof'] = async ({ method, path }, changes = {}) => {
    const claims = {
      sub: enrolment.deviceId,
      aud: enrolment.audience,
      htm: method,
      htp: path,
      jti: randomUUID(),
      iat: Math.floor(nowMs() / 1000),
      ...changes,
    };
    const payload = new TextEncoder().encode(JSON.stringify(claims));
    return new CompactSign(payload).setProtectedHeader({ alg: 'EdDSA', typ: PROOF_TYP }).sign(privateKey);
  };
  const call: TestDevice['call'] = async (name, { params, query, input } = {}) => {
    const { method, path: template } = SERVER_ROUTES[name];
    const path = routePath(template, params, query);
    const authorization = `Sallyport ${await proof({ method, path })}`;
    const answer = await send(`${baseUrl()}${path}`, method, { body: input, authorization });
    if (answer.status >= 400) requireDescribed(name, answer);
    return answer;
  };
  return {
    account: enrolment.account,
    deviceId: enrolment.deviceId,
    enrolment,
    privateKey,
    publicKey,
    proof,
    call,
    async ok(name, options) {
      const answer = await call(name, options);
      if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
      // The schema of this very route; its type is lost in the union of all.
      return SERVER_ROUTES[name].output.parse(answer.body) as RouteOutput<typeof name>;
    },
    async events(after) {
      const path = routePath(EVENTS_PATH, {}, { after });
      const authorization = `Sallyport ${await proof({ method: 'GET', path })}`;
      return readEventStream(`${baseUrl()}${path}`, authorization);
    },
  };
}

/** Every problem that a test meets is one of those that the route's description names. */
function requireDescribed(name: RouteName, { status, headers, body }: Answer): void {
  const { code } = Problem.parse(body);
  const { proof, refusals }: RouteShape = SERVER_ROUTES[name];
  if (headers.get('content-type') !== 'application/problem+json')
    throw new Error(`${name}: an error ${status} is no problem+json`);
  if (![...COMMON_REFUSALS[proof], ...refusals].some(each => each === code))
    throw new Error(`${name} answered with "${code}", which contract/routes does not name for it`);
}

/** A request as it is. */
export async function send(
  url: string,
  method: string,
  options: { readonly body?: unknown; readonly authorization?: string } = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.authorization === undefined ? {} : { authorization: options.authorization }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Not JSON: the text itself is the body.
  }
  return { status: response.status, headers: response.headers, body };
}
