import type { Kysely } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { TargetId } from '../../contract/ids.ts';
import type { TargetInput, TargetSummary } from '../../contract/server-api.ts';
import type { TargetRecord } from '../../contract/target-record.ts';
import type { Caller } from '../authorization.ts';
import type { Database, TargetSecrets, TargetTerms } from '../database/schema.ts';
import { isAdminSecret } from '../credentials/role-engine.ts';
import { refuseUnknownGroups } from '../identity/reviewer-groups.ts';
import { refuseTooManyRecipients } from '../identity/sealed-to.ts';
import type { SecretBox } from '../keys/secret-box.ts';
import type { ServerContext } from '../server-context.ts';

/**
 * Registers a target, or replaces the one of the same id. Throws `bad-input` for credentials that do not fit the target, and where stored
 * ones should be kept that there are not, or that would go somewhere else.
 */
export async function putTarget(
  context: ServerContext,
  caller: Caller,
  input: TargetInput,
): Promise<TargetSummary> {
  const { secret: given, viaSecrets: givenVia, keepsSecrets, ...open } = input;
  const { id } = open.target;
  return context.changes.run(async change => {
    await refuseUnknownGroups(change.trx, open.review.groups);
    const { secret, viaSecrets } = keepsSecrets
      ? await keptSecrets(context, change.trx, open)
      : { secret: given, viaSecrets: givenVia };
    checkSecrets({ target: open.target, secret, viaSecrets });
    const before = await change.trx
      .selectFrom('targets')
      .select('terms')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    const disabled = before?.terms.disabled;
    const terms: TargetTerms = {
      ...open,
      makesRoles: isAdminSecret(secret),
      // Other terms do not enable it.
      ...(disabled === undefined ? {} : { disabled }),
    };
    const row = {
      terms: JSON.stringify(terms),
      sealed_secrets: context.secrets.seal({ secret, viaSecrets }, secretContext(id)),
      updated_at_ms: context.nowMs(),
    };
    await change.trx
      .insertInto('targets')
      .values({ id, ...row })
      .onConflict(conflict => conflict.column('id').doUpdateSet(row))
      .execute();
    await refuseTooManyRecipients(change.trx);
    change.audit({
      actor: caller,
      action: 'target.put',
      subject: id,
      detail: {
        name: terms.target.name,
        kind: terms.target.kind,
        credential: secret.kind,
        isCredentialKept: keepsSecrets,
        groups: terms.review.groups,
      },
    });
    return summarize(terms);
  });
}

/** Throws `not-found`. */
export async function readTarget(db: Kysely<Database>, id: TargetId): Promise<TargetTerms> {
  const row = await db.selectFrom('targets').select('terms').where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new SallyportError('not-found', 'There is no such target.');
  return row.terms;
}

/** Throws `not-found`, or `server-failed` when the master key does not fit. */
export async function readTargetSecrets(
  db: Kysely<Database>,
  box: SecretBox,
  id: TargetId,
): Promise<TargetSecrets> {
  const row = await db.selectFrom('targets').select('sealed_secrets').where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new SallyportError('not-found', 'There is no such target.');
  // Sealed by putTarget above and authenticated by the box: it is what the schema once let in.
  return box.open(row.sealed_secrets, secretContext(id)) as TargetSecrets;
}

/** A target as administrators see it: with the kinds of its credentials, never what they are. Throws `not-found`. */
export async function readTargetRecord(
  { db, secrets }: Pick<ServerContext, 'db' | 'secrets'>,
  id: TargetId,
): Promise<TargetRecord> {
  const row = await db.selectFrom('targets').select('updated_at_ms').where('id', '=', id).executeTakeFirst();
  const terms = await readTarget(db, id);
  const { secret, viaSecrets } = await readTargetSecrets(db, secrets, id);
  return {
    terms,
    credential: secret.kind,
    viaCredentials: viaSecrets.map(({ kind }) => kind),
    updatedAtMs: row?.updated_at_ms ?? 0,
  };
}

export async function listTargets(db: Kysely<Database>, limit: number): Promise<TargetTerms[]> {
  const rows = await db.selectFrom('targets').select('terms').orderBy('id').limit(limit).execute();
  return rows.map(row => row.terms);
}

/** The target as operators see it. */
export function summarize(terms: TargetTerms): TargetSummary {
  const { target, accounts, description, redaction, scope, review, maxMinutes, makesRoles = false } = terms;
  const { id, name, kind, environment, host } = target;
  const { disabled } = terms;
  return {
    ...{ id, name, kind, environment, host, accounts, description, redaction, scope, review, maxMinutes },
    makesRoles,
    ...(disabled === undefined ? {} : { disabled }),
  };
}

/**
 * The stored credentials of a target whose terms change. Whoever may change a target must not learn them by sending them to another
 * place, so they are kept only where everything that says where they go stays as it is.
 */
async function keptSecrets(
  { secrets }: Pick<ServerContext, 'secrets'>,
  db: Kysely<Database>,
  { target }: TargetTerms,
): Promise<TargetSecrets> {
  const stored = await db
    .selectFrom('targets')
    .select('terms')
    .where('id', '=', target.id)
    .executeTakeFirst();
  if (stored === undefined) {
    throw new SallyportError(
      'bad-input',
      `The target "${target.name}" was refused: it is new, so its credential has to be given.`,
    );
  }
  if (placeOf(stored.terms.target) !== placeOf(target)) {
    throw new SallyportError(
      'bad-input',
      `The target "${target.name}" was refused: its address, its host keys or its jump hosts change, so its credential has to be given anew.`,
    );
  }
  return readTargetSecrets(db, secrets, target.id);
}

/** Where a target's credentials go, and what proves that it is that place. */
function placeOf({ kind, host, port, database, transport, trust, via }: TargetTerms['target']): string {
  return JSON.stringify([
    kind,
    host,
    port,
    database ?? null,
    transport,
    trust.pinnedKeys,
    trust.hostCaKeys,
    via,
  ]);
}

function checkSecrets({
  target,
  secret,
  viaSecrets,
}: Pick<TargetInput, 'target' | 'secret' | 'viaSecrets'>): void {
  const refuse = (why: string) => {
    throw new SallyportError('bad-input', `The target "${target.name}" was refused: ${why}`);
  };
  if (viaSecrets.length > target.via.length)
    refuse('there are more credentials for jump hosts than jump hosts.');
  if (secret.kind === 'postgres-admin' && target.kind !== 'postgres') {
    refuse('a role per grant can be made only on a target of kind "postgres".');
  }
  if (secret.kind === 'mariadb-admin' && (target.kind !== 'mysql' || target.database === undefined)) {
    refuse('an account per grant can be made only on a target of kind "mysql" that names its database.');
  }
  if (secret.kind === 'ssh-ca' && target.kind !== 'ssh')
    refuse('SSH certificates fit targets of kind "ssh".');
  if (viaSecrets.some(isAdminSecret)) refuse('a jump host is no database.');
  if (viaSecrets.some(via => via.kind === 'ssh-ca' && (via.forceCommand ?? via.permit) !== undefined)) {
    refuse('a certificate for a jump host forwards and nothing else: leave out "forceCommand" and "permit".');
  }
}

function secretContext(id: TargetId): string {
  return `target:${id}`;
}
