import type { RedactionPolicy } from '../../contract/redaction.ts';
import { joinWords, neverHidden, policyGroups } from './policy-words.ts';

/** What a redaction policy will do to the screen, before one asks for access under it. */
export function PolicyPreview({ policy }: { readonly policy: RedactionPolicy }) {
  const exceptions = neverHidden(policy);
  return (
    <div className="policy-preview">
      <h2>What the policy “{policy.name}” does to the screen</h2>
      <dl>
        {policyGroups(policy).map(group => (
          <div key={group.action} data-action={group.action}>
            <dt>{group.title}</dt>
            <dd>{joinWords(group.names)}</dd>
          </div>
        ))}
        {exceptions.length > 0 && (
          <div data-action="allow">
            <dt>Never hidden</dt>
            <dd>{joinWords(exceptions)}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}
