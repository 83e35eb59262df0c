import type { RedactionPolicy } from '../../contract/redaction.ts';
import { neverHidden, policyGroups } from './policy-words.ts';
import { list } from '../texts/format.ts';
import { t } from '../texts/t.ts';

/** What a redaction policy will do to the screen, before one asks for access under it. */
export function PolicyPreview({ policy }: { readonly policy: RedactionPolicy }) {
  const exceptions = neverHidden(policy);
  return (
    <div className="policy-preview">
      <h2>{t.policy.does(policy.name)}</h2>
      <dl>
        {policyGroups(policy).map(group => (
          <div key={group.action} data-action={group.action}>
            <dt>{group.title}</dt>
            <dd>{list(group.names)}</dd>
          </div>
        ))}
        {exceptions.length > 0 && (
          <div data-action="allow">
            <dt>{t.policy.neverHidden}</dt>
            <dd>{list(exceptions)}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}
