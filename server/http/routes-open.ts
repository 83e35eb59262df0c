import { sql } from 'kysely';
import { TIME_TYP } from '../../contract/server-api.ts';
import { enrolDevice } from '../identity/identity.ts';
import type { ServerContext } from '../server-context.ts';
import { publicKeyLine } from '../ssh-ca/public-key.ts';
import type { RouteMount } from './mount-route.ts';

/** Routes that need no device. */
export function mountOpenRoutes(mount: RouteMount, context: ServerContext): void {
  const { keys, nowMs, serverName } = context;
  mount('health', () => Promise.resolve({ ok: true }));
  mount('ready', async () => {
    await sql`SELECT 1`.execute(context.db);
    return { ok: true };
  });
  mount('jwks', () => Promise.resolve({ keys: keys.signing.jwks.keys.map(key => ({ ...key })) }));
  mount('time', async () => ({ time: await keys.signing.sign(TIME_TYP, { now: nowMs() }) }));
  mount('sshAuthorities', () =>
    Promise.resolve({
      userCaKeys: [publicKeyLine(keys.sshUserCa, `${serverName}-users`)],
      hostCaKeys: [publicKeyLine(keys.sshHostCa, `${serverName}-hosts`)],
    }),
  );
  mount('enrol', ({ input }) => enrolDevice(context, input));
}
