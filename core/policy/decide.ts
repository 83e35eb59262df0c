import type { AccessPolicy, PolicyPeople, PolicyRule } from '../../contract/access-policy.ts';
import type { ExposureBudget, GrantScope } from '../../contract/grant.ts';
import type { ReviewTerms } from '../../contract/review-terms.ts';
import type { Role, TargetInput } from '../../contract/server-api.ts';
import { matchesPattern } from '../name-pattern.ts';

export interface Person {
  readonly name: string;
  readonly roles: readonly Role[];
  /** told by an identity provider; the policy's own groups come on top */
  readonly groups: readonly string[];
}

/** What somebody asks for. `login`: on the target. */
export interface Wish {
  readonly target: { readonly id: string; readonly environment: string; readonly kind: string };
  readonly login: string;
  readonly durationS: number;
}

export type PolicyDecision =
  | { readonly rule: PolicyRule }
  | { readonly rule: null /** in words */; readonly why: string };

/** The first rule that fits who asks, for what and for how long; else why there is none. */
export function decideByPolicy(policy: AccessPolicy, person: Person, wish: Wish): PolicyDecision {
  const fitting = rulesFor(policy, person, wish);
  const rule = fitting.find(({ maxMinutes }) => wish.durationS <= maxMinutes * 60);
  if (rule !== undefined) return { rule };
  if (fitting.length > 0) {
    const most = Math.max(...fitting.map(({ maxMinutes }) => maxMinutes));
    return { rule: null, why: `the policy allows this access for ${most} min at most` };
  }
  return {
    rule: null,
    why: `no rule of the policy lets ${person.name} (${person.roles.join(', ')}) ask for "${wish.target.id}" as "${wish.login}"`,
  };
}

/** The grants that an extension continues. */
export interface Chain {
  /** that gave its newest grant; null where no policy was set then */
  readonly ruleName: string | null;
  /** from the beginning of its first grant to the end that the extension asks for */
  readonly totalS: number;
}

/**
 * The rule of an extension is the one that gave the grant: nobody gets from a strict rule into an easier one by asking for a little more
 * time. Where that rule does not fit any more, the one that would give the whole time at once.
 */
export function decideExtension(
  policy: AccessPolicy,
  person: Person,
  wish: Wish,
  { ruleName, totalS }: Chain,
): PolicyDecision {
  const rule = rulesFor(policy, person, wish).find(({ name }) => name === ruleName);
  if (rule === undefined) return decideByPolicy(policy, person, { ...wish, durationS: totalS });
  if (wish.durationS <= rule.maxMinutes * 60) return { rule };
  return { rule: null, why: `the rule "${rule.name}" allows ${rule.maxMinutes} min at most` };
}

/** Every rule that fits who asks and for what, whatever the time, in the policy's order. */
export function rulesFor(
  policy: AccessPolicy,
  person: Person,
  { target, login }: Pick<Wish, 'target' | 'login'>,
): PolicyRule[] {
  return policy.rules.filter(
    rule =>
      fits(policy, rule.who, person) &&
      (rule.targets === undefined || rule.targets.some(pattern => matchesPattern(pattern, target.id))) &&
      (rule.environments === undefined || rule.environments.some(name => name === target.environment)) &&
      (rule.kinds === undefined || rule.kinds.some(kind => kind === target.kind)) &&
      rule.accounts.some(pattern => matchesPattern(pattern, login)),
  );
}

/** Whether an approver's word counts under the rule. */
export function mayApprove(policy: AccessPolicy, rule: PolicyRule, person: Person): boolean {
  return (
    person.roles.includes('approver') &&
    (rule.approvals.by === undefined || fits(policy, rule.approvals.by, person))
  );
}

/** `2 approvals, of dba` */
export function approvalWords({ approvals }: PolicyRule): string {
  const { count, by } = approvals;
  const who = [...(by?.groups ?? []), ...(by?.names ?? []), ...(by?.roles ?? [])].join(' or ');
  return `${count} approval${count === 1 ? '' : 's'}${who === '' ? '' : `, of ${who}`}`;
}

type GovernedTerms = Pick<
  TargetInput,
  'scope' | 'budget' | 'redaction' | 'review' | 'session' | 'maxMinutes' | 'retentionDays'
>;

/** A target's terms under a rule: scope, budget and times only ever become narrower; redaction, review and retention are the rule's. */
export function applyRule<T extends GovernedTerms>(terms: T, rule: PolicyRule): T {
  return {
    ...terms,
    scope: narrowerScope(terms.scope, rule.scope),
    budget: smallerBudget(terms.budget, rule.budget),
    redaction: rule.redaction ?? terms.redaction,
    review:
      rule.review === undefined
        ? terms.review
        : { ...rule.review, groups: groupsOf(rule.review, terms.review) },
    retentionDays: rule.recording === undefined ? terms.retentionDays : rule.recording.retentionDays,
    maxMinutes: Math.min(terms.maxMinutes, rule.maxMinutes),
    session: {
      ...terms.session,
      maxExtensions: Math.min(terms.session.maxExtensions, rule.extensions.atMost),
    },
  };
}

/** Who a recording is sealed to is the target's, unless the rule names groups itself. */
function groupsOf(own: ReviewTerms, target: ReviewTerms): ReviewTerms['groups'] {
  return own.groups.length > 0 ? own.groups : target.groups;
}

function narrowerScope(own: GrantScope, more: GrantScope): GrantScope {
  const union = (key: 'denyTables' | 'denyColumns' | 'denyCommands') => [
    ...new Set([...own[key], ...more[key]]),
  ];
  const both = own.allowTables.filter(table => more.allowTables.includes(table));
  return {
    readOnly: own.readOnly || more.readOnly,
    // Two lists that share nothing would make an empty one, which allows everything: nothing is allowed instead.
    allowTables:
      own.allowTables.length === 0
        ? more.allowTables
        : more.allowTables.length === 0
          ? own.allowTables
          : both.length > 0
            ? both
            : [NO_TABLE],
    denyTables: union('denyTables'),
    denyColumns: union('denyColumns'),
    denyCommands: union('denyCommands'),
  };
}

/** A name that no table has. */
const NO_TABLE = '-';

function smallerBudget(own: ExposureBudget, more: ExposureBudget): ExposureBudget {
  const smaller = (key: keyof ExposureBudget): number | null => {
    const [a, b] = [own[key], more[key]];
    return a === null ? b : b === null ? a : Math.min(a, b);
  };
  return {
    valuesPerMinute: smaller('valuesPerMinute'),
    valuesPerSession: smaller('valuesPerSession'),
    rowsPerStatement: smaller('rowsPerStatement'),
  };
}

function fits(policy: AccessPolicy, people: PolicyPeople, person: Person): boolean {
  const { roles, groups, names } = people;
  return (
    (roles === undefined || roles.some(role => person.roles.includes(role))) &&
    (groups === undefined || groups.some(group => isIn(policy, group, person))) &&
    (names === undefined || names.some(name => isSameName(name, person.name)))
  );
}

function isIn(policy: AccessPolicy, group: string, person: Person): boolean {
  const members = Object.hasOwn(policy.groups, group) ? (policy.groups[group] ?? []) : [];
  return person.groups.includes(group) || members.some(name => isSameName(name, person.name));
}

/** Names of accounts are unique in whatever case of their letters. */
const isSameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
