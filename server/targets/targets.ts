import type { Kysely } from 'kysely';
import { SallyportError } from '../../contract/errors.ts';
import type { TargetId } from '../../contract/ids.ts';
import type { TargetInput, TargetSummary } from '../../contract/server-api.ts';
import type { Caller } from '../authorization.ts';
import type { Database, TargetSecrets, TargetTerms } from '../database/schema.ts';
import { isAdminSecret } from '../credentials/role-engine.ts';
import { refuseUnknownGroups } from '../identity/reviewer-groups.ts';
import { refuseTooManyRecipients } from '../identity/sealed-to.ts';
import type { SecretBox } from '../keys/secret-box.ts';
import type { ServerContext } from '../server-context.ts';

/** Registers a target, or replaces the one of the same id. Throws `bad-input` for credentials that do not fit the target. */
export async function putTarget(
  context: ServerContext,
  caller: Caller,
  input: TargetInput,
): Promise<TargetSummary> {
  const { secret, viaSecrets, ...open } = input;
  const terms: TargetTerms = { ...open, makesRoles: isAdminSecret(secret) };
  checkSecrets(input);
  const { id } = terms.target;
  await context.changes.run(async change => {
    await refuseUnknownGroups(change.trx, terms.review.groups);
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
        groups: terms.review.groups,
      },
    });
  });
  return summarize(terms);
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

export async function listTargets(db: Kysely<Database>, limit: number): Promise<TargetTerms[]> {
  const rows = await db.selectFrom('targets').select('terms').orderBy('id').limit(limit).execute();
  return rows.map(row => row.terms);
}

/** The target as operators see it. */
export function summarize(terms: TargetTerms): TargetSummary {
  const { target, accounts, description, redaction, scope, review, maxMinutes, makesRoles = false } = terms;
  const { id, name, kind, environment, host } = target;
  return {
    ...{ id, name, kind, environment, host, accounts, description, redaction, scope, review, maxMinutes },
    makesRoles,
  };
}

function checkSecrets({ target, secret, viaSecrets }: TargetInput): void {
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
