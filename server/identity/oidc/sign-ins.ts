import { createPublicKey, randomBytes } from 'node:crypto';
import { compactVerify } from 'jose';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import { SallyportError } from '../../../contract/errors.ts';
import type { EnrolAnswer } from '../../../contract/server-api.ts';
import type {
  FinishSignInInput,
  SignInAnswer,
  StartedSignIn,
  StartSignInInput,
} from '../../../contract/sign-in.ts';
import { SIGN_IN_TYP } from '../../../contract/sign-in.ts';
import type { Database } from '../../database/schema.ts';
import type { ServerContext } from '../../server-context.ts';
import { makeDevice, renewDevice } from '../make-device.ts';
import type { ProvenPerson } from './map-claims.ts';
import { accountOf } from './oidc-accounts.ts';
import type { OidcProvider, SignInSecret } from './provider.ts';

type SignInRow = Selectable<Database['sign_ins']>;

/** A person looks for a password, a second factor, a phone. */
const SIGN_IN_MS = 10 * 60_000;
/** How soon a client asks again where the provider said nothing. */
const BROWSER_WAIT_MS = 1_000;
/** Sign-ins that nobody finished, so that a stranger cannot fill the table. */
const MAX_OPEN = 2_000;

/** Begins a sign-in. Throws `not-found` where the server knows local accounts only, `rate-limited`, or what the provider answers. */
export async function startSignIn(context: ServerContext, input: StartSignInInput): Promise<StartedSignIn> {
  const provider = providerOf(context);
  const nowMs = context.nowMs();
  await context.db.deleteFrom('sign_ins').where('expires_at_ms', '<=', nowMs).execute();
  const { open } = await context.db
    .selectFrom('sign_ins')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .executeTakeFirstOrThrow();
  if (open >= MAX_OPEN)
    throw new SallyportError('rate-limited', 'Too many people are signing in. Try again in some minutes.');
  const started =
    input.flow === 'browser'
      ? {
          ...(await provider.startBrowser(input.redirectUri)),
          userCode: null,
          intervalMs: 0,
          expiresInMs: SIGN_IN_MS,
        }
      : await provider.startDevice();
  const id = randomBytes(20).toString('base64url');
  const expiresAtMs = nowMs + Math.min(SIGN_IN_MS, started.expiresInMs);
  await context.db
    .insertInto('sign_ins')
    .values({
      id,
      device_name: input.deviceName,
      public_key: input.devicePublicKey,
      sealed_secret: context.secrets.seal(started.secret, secretContext(id)),
      interval_ms: started.intervalMs,
      next_ask_ms: nowMs + started.intervalMs,
      expires_at_ms: expiresAtMs,
    })
    .execute();
  return { id, url: started.url, userCode: started.userCode, expiresAtMs };
}

/**
 * Ends a sign-in: the device is enrolled, or its sign-in renewed where the key is one of the same account. `pending` while the person is not done.
 * Throws `not-signed-in` or `not-allowed`, in words; then it has to be started again.
 */
export async function finishSignIn(
  context: ServerContext,
  input: { readonly id: string } & FinishSignInInput,
): Promise<SignInAnswer> {
  const provider = providerOf(context);
  const nowMs = context.nowMs();
  const row = await context.db
    .selectFrom('sign_ins')
    .selectAll()
    .where('id', '=', input.id)
    .where('expires_at_ms', '>', nowMs)
    .executeTakeFirst();
  if (row === undefined) throw tooLate();
  await checkProof(row, input.proof);
  // Sealed at the start and bound to this id: what the provider module wrote.
  const secret = context.secrets.open(row.sealed_secret, secretContext(row.id)) as SignInSecret;
  if (secret.flow === 'browser') {
    if (input.callback === undefined) return { state: 'pending', waitMs: BROWSER_WAIT_MS };
    await useUp(context, row);
  } else if (!(await mayAsk(context, row, nowMs))) {
    return { state: 'pending', waitMs: Math.max(BROWSER_WAIT_MS, row.next_ask_ms - nowMs) };
  }
  try {
    const person = await provider.finish(secret, input.callback ?? '');
    if (person === null) return { state: 'pending', waitMs: row.interval_ms };
    if (secret.flow === 'device') await useUp(context, row);
    return { state: 'done', enrolment: await signIn(context, row, { person, provider }) };
  } catch (error) {
    await noteRefusal(context, row, error);
    throw error;
  }
}

async function signIn(
  context: ServerContext,
  row: SignInRow,
  { person, provider }: { readonly person: ProvenPerson; readonly provider: OidcProvider },
): Promise<EnrolAnswer> {
  const nowMs = context.nowMs();
  const signedInUntilMs = nowMs + provider.sessionMs;
  return context.changes.run(async change => {
    const account = await accountOf(change, person, nowMs);
    const { device_name: deviceName, public_key: devicePublicKey } = row;
    const known = await renewDevice(context, change, { account, devicePublicKey, signedInUntilMs });
    if (known !== null) return known;
    return makeDevice(context, change, { account, device: { deviceName, devicePublicKey, signedInUntilMs } });
  });
}

const ProofClaims = z.strictObject({ signIn: z.string() });

async function checkProof(row: SignInRow, proof: string): Promise<void> {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: row.public_key }, format: 'jwk' });
    const { payload, protectedHeader } = await compactVerify(proof, key, { algorithms: ['EdDSA'] });
    const claims = ProofClaims.parse(JSON.parse(new TextDecoder().decode(payload)));
    if (protectedHeader.typ === SIGN_IN_TYP && claims.signIn === row.id) return;
  } catch {
    // Whatever is wrong with it, it proves nothing.
  }
  throw new SallyportError('not-signed-in', 'Only the device that started this sign-in can finish it.');
}

/** At most once, whoever comes at the same moment. */
async function useUp({ db }: ServerContext, row: SignInRow): Promise<void> {
  const used = await db.deleteFrom('sign_ins').where('id', '=', row.id).returning('id').executeTakeFirst();
  if (used === undefined) throw tooLate();
}

/** The provider is asked no more often than it said, however often the client asks. */
async function mayAsk({ db }: ServerContext, row: SignInRow, nowMs: number): Promise<boolean> {
  const asked = await db
    .updateTable('sign_ins')
    .set({ next_ask_ms: nowMs + row.interval_ms })
    .where('id', '=', row.id)
    .where('next_ask_ms', '<=', nowMs)
    .returning('id')
    .executeTakeFirst();
  return asked !== undefined;
}

async function noteRefusal(context: ServerContext, row: SignInRow, error: unknown): Promise<void> {
  if (!(error instanceof SallyportError) || error.code === 'server-failed') return;
  await context.changes.run(async change => {
    await change.trx.deleteFrom('sign_ins').where('id', '=', row.id).execute();
    change.audit({
      actor: 'server',
      action: 'sign-in.refused',
      subject: 'sign-in',
      detail: { reason: error.message, device: row.device_name },
    });
  });
}

function providerOf({ oidc }: ServerContext): OidcProvider {
  if (oidc !== null) return oidc;
  throw new SallyportError(
    'not-found',
    'This server has no identity provider. Enrol with a one-time code of its administrator.',
  );
}

function tooLate(): SallyportError {
  return new SallyportError(
    'not-signed-in',
    'This sign-in is over: it was finished already, or took too long. Start again.',
  );
}

function secretContext(id: string): string {
  return `sign-in:${id}`;
}
