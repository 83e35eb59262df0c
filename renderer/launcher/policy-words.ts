import type { Entity, RedactionAction, RedactionPolicy } from '../../contract/redaction.ts';
import { ENTITIES } from '../../contract/redaction.ts';
import { entityName } from '../app/entity-words.ts';
import { list, number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

/** A redaction policy by what happens, in words; groups that are empty are left out. */
export interface PolicyGroup {
  readonly action: RedactionAction;
  readonly title: string;
  readonly names: readonly string[];
}

const ORDER: readonly RedactionAction[] = ['block', 'mask', 'partial', 'token', 'allow'];

export function policyGroups(policy: RedactionPolicy): PolicyGroup[] {
  const byAction = new Map<RedactionAction, string[]>();
  for (const entity of ENTITIES) {
    if (entity === 'named-column' && policy.columns.length === 0) continue;
    const action = actionFor(policy, entity);
    const names = byAction.get(action) ?? [];
    names.push(entity === 'named-column' ? columnWords(policy) : entityName(entity, 2));
    byAction.set(action, names);
  }
  return ORDER.flatMap(action => {
    const names = byAction.get(action);
    return names === undefined ? [] : [{ action, title: titleOf(policy, action), names }];
  });
}

function titleOf(policy: RedactionPolicy, action: RedactionAction): string {
  return action === 'token' && policy.tokenScope === 'organisation'
    ? t.policy.tokenEverywhere
    : t.policy[action];
}

/** What the allow lists of a policy let through, in words; empty where there are none. Listed values are counted, not named. */
export function neverHidden(policy: RedactionPolicy): readonly string[] {
  const { allowEmailDomains, allowNetworks, allowValues, allowPatterns } = policy;
  const listed = allowValues.length + allowPatterns.length;
  return [
    ...(allowEmailDomains.length === 0 ? [] : [t.policy.emailsAt(shortened(allowEmailDomains))]),
    ...(allowNetworks.length === 0 ? [] : [t.policy.addressesIn(shortened(allowNetworks))]),
    ...(listed === 0 ? [] : [t.policy.listed(listed)]),
  ];
}

/** One sentence for a card, e.g. `Hides all personal data and secrets; shows IP addresses.` */
export function policySentence(policy: RedactionPolicy): string {
  const shown = ENTITIES.filter(entity => entity !== 'named-column' && actionFor(policy, entity) === 'allow');
  const hiddenCount = ENTITIES.length - 1 - shown.length;
  if (hiddenCount === 0)
    return policy.columns.length === 0
      ? t.policy.hidesNothing
      : t.policy.hidesOnlyColumns(shortened(policy.columns));
  if (shown.length === 0) return t.policy.hidesAll;
  const names = shown.map(entity => entityName(entity, 2));
  return shown.length <= 4
    ? t.policy.hidesBut(list(names))
    : t.policy.hidesKinds(number(hiddenCount), number(shown.length));
}

export function actionFor(policy: RedactionPolicy, entity: Entity): RedactionAction {
  return policy.entities[entity] ?? policy.default;
}

function columnWords(policy: RedactionPolicy): string {
  return t.policy.columns(shortened(policy.columns));
}

function shortened(names: readonly string[]): string {
  const rest = names.length - 5;
  const first = names.slice(0, 5).join(', ');
  return rest > 0 ? t.policy.andMore(first, number(rest)) : first;
}
