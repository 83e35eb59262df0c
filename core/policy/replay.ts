import type { AccessPolicy, PolicyReplayRow, PolicyRule } from '../../contract/access-policy.ts';
import { approvalWords, decideByPolicy, decideExtension, mayApprove } from './decide.ts';
import type { Person, Wish } from './decide.ts';

/** A request as it was. */
export interface PastRequest extends Wish {
  readonly id: string;
  readonly createdAtMs: number;
  readonly requester: Person;
  readonly isExtension: boolean;
  /** the rule that it was decided by; null where no policy was set */
  readonly rule: string | null;
  readonly state: string;
  readonly approvedBy: readonly Person[];
  /** whole minutes from the first grant's beginning to the end of the one that was issued; null where none was */
  readonly totalMinutes: number | null;
}

/** What would have become of past requests under a policy. People count with the roles and groups that they have now. */
export function replayPolicy(policy: AccessPolicy, history: readonly PastRequest[]): PolicyReplayRow[] {
  return history.map(past => {
    const decision = past.isExtension
      ? decideExtension(policy, past.requester, past, {
          ruleName: past.rule,
          totalS: past.totalMinutes === null ? past.durationS : past.totalMinutes * 60,
        })
      : decideByPolicy(policy, past.requester, past);
    const outcome =
      decision.rule === null
        ? ({ would: 'refused', why: `${decision.why}.` } as const)
        : underRule(policy, decision.rule, past);
    return {
      requestId: past.id,
      createdAtMs: past.createdAtMs,
      requester: past.requester.name,
      target: past.target.id,
      account: past.login,
      minutes: Math.round(past.durationS / 6) / 10,
      isExtension: past.isExtension,
      was: past.state,
      rule: decision.rule?.name ?? null,
      ...outcome,
    };
  });
}

function underRule(
  policy: AccessPolicy,
  rule: PolicyRule,
  past: PastRequest,
): Pick<PolicyReplayRow, 'would' | 'why'> {
  const { extensions, approvals } = rule;
  if (past.isExtension) {
    if (extensions.atMost === 0) return { would: 'refused', why: 'the rule allows no extensions.' };
    if (
      extensions.totalMinutes !== undefined &&
      past.totalMinutes !== null &&
      past.totalMinutes > extensions.totalMinutes
    ) {
      return {
        would: 'refused',
        why: `${past.totalMinutes} min in all, and the rule allows ${extensions.totalMinutes}.`,
      };
    }
    if (extensions.by === 'requester')
      return { would: 'self-extended', why: 'the rule lets the holder extend alone.' };
  }
  if (past.state === 'approved') {
    const others = past.approvedBy.filter(({ name }) => name !== past.requester.name);
    const counted = others.filter(person => mayApprove(policy, rule, person)).length;
    if (counted < approvals.count)
      return {
        would: 'undecided',
        why: `it had ${counted} of ${approvalWords(rule)}${others.length < past.approvedBy.length ? '; one’s own does not count' : ''}.`,
      };
  }
  const changed = changedTerms(rule);
  return changed.length === 0
    ? { would: 'same', why: 'as it was.' }
    : { would: 'other-terms', why: `with the rule’s ${changed.join(', ')}.` };
}

function changedTerms(rule: PolicyRule): string[] {
  const { scope, budget } = rule;
  const isScoped =
    scope.readOnly || Object.values(scope).some(list => Array.isArray(list) && list.length > 0);
  return [
    ...(rule.redaction === undefined ? [] : [`redaction (${rule.redaction.name})`]),
    ...(isScoped ? ['scope'] : []),
    ...(Object.values(budget).some(limit => limit !== null) ? ['budget'] : []),
    ...(rule.review === undefined ? [] : ['review']),
    ...(rule.recording === undefined ? [] : ['retention']),
  ];
}
