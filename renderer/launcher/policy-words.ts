import type { Entity, RedactionAction, RedactionPolicy } from '../../contract/redaction.ts';
import { ENTITIES } from '../../contract/redaction.ts';
import { entityName } from '../app/entity-words.ts';

/** A redaction policy by what happens, in words; groups that are empty are left out. */
export interface PolicyGroup {
  readonly action: RedactionAction;
  readonly title: string;
  readonly names: readonly string[];
}

const TITLES: Record<RedactionAction, string> = {
  mask: 'Hidden',
  partial: 'Partly hidden',
  token: 'Replaced by a pseudonym',
  block: 'Locks the session',
  allow: 'Shown',
};
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
    ? 'Replaced by a pseudonym, the same in every session'
    : TITLES[action];
}

/** What the allow lists of a policy let through, in words; empty where there are none. Listed values are counted, not named. */
export function neverHidden(policy: RedactionPolicy): readonly string[] {
  const { allowEmailDomains, allowNetworks, allowValues, allowPatterns } = policy;
  const listed = allowValues.length + allowPatterns.length;
  return [
    ...(allowEmailDomains.length === 0 ? [] : [`e-mail addresses at ${shortened(allowEmailDomains)}`]),
    ...(allowNetworks.length === 0 ? [] : [`addresses in ${shortened(allowNetworks)}`]),
    ...(listed === 0
      ? []
      : [`${listed} listed ${listed === 1 ? 'value or pattern' : 'values and patterns'}`]),
  ];
}

/** One sentence for a card, e.g. `Hides all personal data and secrets; shows IP addresses.` */
export function policySentence(policy: RedactionPolicy): string {
  const shown = ENTITIES.filter(entity => entity !== 'named-column' && actionFor(policy, entity) === 'allow');
  const hiddenCount = ENTITIES.length - 1 - shown.length;
  if (hiddenCount === 0)
    return policy.columns.length === 0 ? 'Hides nothing.' : `Hides only the ${columnWords(policy)}.`;
  if (shown.length === 0) return 'Hides personal data and secrets of every known kind.';
  const names = shown.map(entity => entityName(entity, 2));
  return shown.length <= 4
    ? `Hides personal data and secrets; shows ${joinWords(names)}.`
    : `Hides ${hiddenCount} kinds of personal data and secrets; shows ${shown.length} kinds.`;
}

export function actionFor(policy: RedactionPolicy, entity: Entity): RedactionAction {
  return policy.entities[entity] ?? policy.default;
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length <= 1 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

function columnWords(policy: RedactionPolicy): string {
  return `columns ${shortened(policy.columns)}`;
}

function shortened(names: readonly string[]): string {
  const rest = names.length - 5;
  return `${names.slice(0, 5).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
