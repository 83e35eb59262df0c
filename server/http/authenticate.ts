import type { FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import { EVENTS_PATH, SERVER_TIME_HEADER } from '../../contract/server-routes.ts';
import type { Caller } from '../authorization.ts';
import type { Database } from '../database/schema.ts';
import { verifyDeviceProof } from '../identity/device-proof.ts';
import type { ProvenDevice } from '../identity/proven-devices.ts';
import { createProvenDevices } from '../identity/proven-devices.ts';
import type { RefusedProof } from '../identity/refused-proofs.ts';
import type { SignInTerms } from '../identity/sign-in-terms.ts';
import { isSignInOver, noteSeen, signInEnd } from '../identity/sign-in-terms.ts';
import type { Authenticate } from './mount-route.ts';

/** Who calls, by the device proof of the request; an expired clock is answered with the server's time. */
export function createAuthenticate(options: {
  readonly db: Kysely<Database>;
  readonly audience: string;
  readonly nowMs: () => number;
  readonly signInTerms: SignInTerms;
  /** Told of devices that were revoked and of proofs that are none. */
  readonly noteRefused: (refused: RefusedProof) => Promise<void>;
  /** Counts a failed proof of an address; true when there were too many. */
  readonly isExhausted: (request: FastifyRequest) => Promise<boolean>;
  /** Counts a request of the account that `request.caller` has; true when there were too many. */
  readonly countAccount: (request: FastifyRequest) => Promise<boolean>;
}): Authenticate {
  const { db, audience, nowMs, signInTerms, noteRefused, isExhausted, countAccount } = options;
  const devices = createProvenDevices(db);
  return async (request, reply) => {
    const used: { device: ProvenDevice | null } = { device: null };
    const result = await verifyDeviceProof(
      {
        authorization: request.headers.authorization,
        method: request.method,
        path: request.raw.url ?? request.url,
      },
      {
        audience,
        nowMs: nowMs(),
        findDeviceKey: id => devices.findKey(id),
        async useOnce(proof) {
          used.device = await devices.use(proof);
          return used.device !== null;
        },
      },
    );
    if (result.kind === 'refused') {
      if (await isExhausted(request)) {
        throw new SallyportError(
          'rate-limited',
          'Too many requests without a valid device proof. Wait a minute and try again.',
        );
      }
      if (result.isClock) reply.header(SERVER_TIME_HEADER, String(nowMs()));
      // A clock that is off, or no proof at all, is no news.
      else if (request.headers.authorization !== undefined)
        await noteRefused({ deviceId: result.deviceId, reason: result.reason, address: request.ip });
      throw new SallyportError('not-signed-in', result.reason);
    }
    const { device } = used;
    const { deviceId } = result;
    if (device === null || device.isRevoked || device.isDisabled) {
      const reason = 'This device was revoked.';
      await noteRefused({ deviceId, reason, address: request.ip });
      throw new SallyportError('not-signed-in', reason);
    }
    if (isSignInOver(device, signInTerms, nowMs())) {
      throw new SallyportError(
        'not-signed-in',
        'The sign-in of this device has run out. Sign in again; running sessions go on then.',
      );
    }
    if (request.routeOptions.url !== EVENTS_PATH)
      await noteSeen(db, { deviceId, device, nowMs: nowMs() }, signInTerms);
    const signedInUntilMs = signInEnd(device, signInTerms);
    const caller: Caller = { account: device.account, deviceId, signedInUntilMs };
    request.caller = caller;
    if (await countAccount(request)) {
      throw new SallyportError(
        'rate-limited',
        'The devices of this account ask too often. Wait a minute and try again.',
      );
    }
    return caller;
  };
}
