import { SallyportError } from '../../contract/errors.ts';
import { TIME_TYP } from '../../contract/server-api.ts';
import { enrolDevice } from '../identity/identity.ts';
import type { WrongCodes } from '../identity/wrong-codes.ts';
import type { Readiness } from '../operations/readiness.ts';
import type { ServerContext } from '../server-context.ts';
import { principalsNow } from '../ssh-ca/principals.ts';
import { publicKeyLine } from '../ssh-ca/public-key.ts';
import type { RouteMount } from './mount-route.ts';
import { openApiDocument } from './openapi/openapi-document.ts';

/** Routes that need no device. */
export function mountOpenRoutes(
  mount: RouteMount,
  context: ServerContext,
  parts: { readonly wrongCodes: WrongCodes; readonly readiness: Readiness; readonly version: string },
): void {
  const { wrongCodes } = parts;
  const { keys, nowMs, serverName } = context;
  mount('health', () => Promise.resolve({ ok: true }));
  mount('ready', async () => {
    await parts.readiness.check();
    return { ok: true };
  });
  const document = openApiDocument(parts.version);
  mount('openApi', () => Promise.resolve(document));
  mount('jwks', () => Promise.resolve({ keys: keys.signing.jwks.keys.map(key => ({ ...key })) }));
  mount('time', async ({ query }) => ({
    time: await keys.signing.sign(TIME_TYP, { now: nowMs(), ...query }),
  }));
  mount('sshAuthorities', () =>
    Promise.resolve({
      userCaKeys: [publicKeyLine(keys.sshUserCa, `${serverName}-users`)],
      hostCaKeys: [publicKeyLine(keys.sshHostCa, `${serverName}-hosts`)],
    }),
  );
  mount('sshPrincipals', ({ query }) => principalsNow(context, query));
  mount('enrol', async ({ input, request }) => {
    if (wrongCodes.isBlocked(request.ip)) {
      throw new SallyportError(
        'rate-limited',
        'Too many codes from here were wrong. Wait ten minutes; then try again with a code that was just made.',
      );
    }
    try {
      return await enrolDevice(context, input);
    } catch (error) {
      if (error instanceof SallyportError && error.code === 'not-signed-in') {
        wrongCodes.note(request.ip);
        await noteWrongCode(context, input.deviceName);
      }
      throw error;
    }
  });
}

async function noteWrongCode(context: ServerContext, deviceName: string): Promise<void> {
  await context.changes.run(change => {
    change.audit({
      actor: 'server',
      action: 'device.enrol-refused',
      subject: 'enrol',
      detail: { name: deviceName },
    });
    return Promise.resolve();
  });
}
