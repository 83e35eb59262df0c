import type { Kysely } from 'kysely';
import type { AccessPolicy, PolicyRule } from '../../contract/access-policy.ts';
import { SallyportError } from '../../contract/errors.ts';
import type { AccountId } from '../../contract/ids.ts';
import type { TargetSummary } from '../../contract/server-api.ts';
import { applyRule, decideByPolicy, decideExtension, rulesFor } from '../../core/policy/decide.ts';
import type { Chain, Person } from '../../core/policy/decide.ts';
import type { Caller } from '../authorization.ts';
import type { Database, TargetTerms } from '../database/schema.ts';
import type { GrantRow } from '../grants/grant-records.ts';
import type { ServerContext } from '../server-context.ts';
import { summarize } from '../targets/targets.ts';

/** The terms that a request stands under. `governed` null: no policy is set, and the target's own terms decide. */
export interface Ruling {
  readonly terms: TargetTerms;
  readonly approvals: number;
  readonly governed: { readonly policy: AccessPolicy; readonly rule: PolicyRule } | null;
}

/** Holds what somebody asks for against the policy. Throws `not-allowed`, in words, where no rule fits. */
export async function ruleOn(
  context: Pick<ServerContext, 'policy'>,
  db: Kysely<Database>,
  wish: {
    readonly accountId: AccountId;
    readonly terms: TargetTerms;
    readonly login: string;
    readonly durationS: number;
    /** the grant that it extends */
    readonly superseded: GrantRow | null;
  },
): Promise<Ruling> {
  const { terms, login, durationS, superseded } = wish;
  const inForce = context.policy.current();
  if (inForce === null) return { terms, approvals: 1, governed: null };
  const { policy } = inForce;
  const people = await readPeople(db, [wish.accountId]);
  const person = people.get(wish.accountId);
  if (person === undefined) throw new SallyportError('not-found', 'There is no such account.');
  const asked = { target: terms.target, login, durationS };
  const decision =
    superseded === null
      ? decideByPolicy(policy, person, asked)
      : decideExtension(policy, person, asked, await chainOf(db, superseded, durationS));
  if (decision.rule === null) {
    throw new SallyportError(
      'not-allowed',
      `This is refused: ${decision.why}. Ask for less, or have an administrator change the policy.`,
    );
  }
  return {
    terms: applyRule(terms, decision.rule),
    approvals: decision.rule.approvals.count,
    governed: { policy, rule: decision.rule },
  };
}

async function chainOf(db: Kysely<Database>, superseded: GrantRow, durationS: number): Promise<Chain> {
  const { policy_rule } = await db
    .selectFrom('requests')
    .select('policy_rule')
    .where('id', '=', superseded.request_id)
    .executeTakeFirstOrThrow();
  const { issued_at_ms } = await db
    .selectFrom('grants')
    .select('issued_at_ms')
    .where('id', '=', superseded.root_id)
    .executeTakeFirstOrThrow();
  // A grant begins in whole seconds.
  const lastedS = Math.floor((superseded.expires_at_ms - issued_at_ms) / 1000);
  return { ruleName: policy_rule, totalS: lastedS + durationS };
}

/**
 * Throws `not-allowed` where the chain of grants would last longer than the rule allows in all. `endMs`: of the extension. The chain began
 * when its first grant was issued.
 */
export async function refuseBeyondTotal(
  db: Kysely<Database>,
  rule: PolicyRule,
  { superseded, endMs }: { readonly superseded: GrantRow; readonly endMs: number },
): Promise<void> {
  const { totalMinutes } = rule.extensions;
  if (totalMinutes === undefined) return;
  const root = await db
    .selectFrom('grants')
    .select('issued_at_ms')
    .where('id', '=', superseded.root_id)
    .executeTakeFirstOrThrow();
  if (endMs <= root.issued_at_ms + totalMinutes * 60_000 + START_ROUNDING_MS) return;
  throw new SallyportError(
    'not-allowed',
    `The policy rule "${rule.name}" allows ${totalMinutes} min in all with extensions, and this would be more. Ask for less, or for new access later.`,
  );
}

/** A grant begins in whole seconds. */
const START_ROUNDING_MS = 1_000;

/** A target as the caller may ask for it: with the logins and the longest time of the rules that fit; null where none does. */
export function visibleTarget(
  context: Pick<ServerContext, 'policy'>,
  { person, caller }: { readonly person: Person; readonly caller: Caller },
  terms: TargetTerms,
): TargetSummary | null {
  const inForce = context.policy.current();
  const seesAll = caller.account.roles.some(role => role !== 'operator');
  if (inForce === null || !caller.account.roles.includes('operator')) return summarize(terms);
  const rulesOf = (login: string) => rulesFor(inForce.policy, person, { target: terms.target, login });
  const accounts = terms.accounts.filter(login => rulesOf(login).length > 0);
  const [first] = accounts;
  if (first === undefined) return seesAll ? summarize(terms) : null;
  const rules = rulesOf(first);
  const shown = rules[0] === undefined ? terms : applyRule(terms, rules[0]);
  const most = Math.max(...accounts.flatMap(rulesOf).map(({ maxMinutes }) => maxMinutes));
  return { ...summarize(shown), accounts, maxMinutes: Math.min(terms.maxMinutes, most) };
}

/** Accounts as a policy knows them, by id; what is asked for and not there is absent. A disabled one has no roles any more. */
export async function readPeople(
  db: Kysely<Database>,
  ids: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, Person>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'name', 'roles', 'groups', 'disabled_at_ms'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(
    rows.map(({ id, name, roles, groups, disabled_at_ms }) => [
      id,
      disabled_at_ms === null ? { name, roles, groups } : { name, roles: [], groups: [] },
    ]),
  );
}
