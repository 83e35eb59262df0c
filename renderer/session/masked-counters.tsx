import { EyeOff } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { Entity, MaskCounts, MaskReason, RedactionPolicy } from '../../contract/redaction.ts';
import { reasonWords } from '../../core/redaction/reason-words.ts';
import { countedEntities, entityName, totalMasked } from '../app/entity-words.ts';
import { Disclosed } from '../design/dialog.tsx';
import { actionFor } from '../launcher/policy-words.ts';

const WHY = {
  mask: 'hidden whole',
  partial: 'a recognisable rest stays',
  token: 'replaced by a pseudonym',
  allow: 'shown by policy',
  block: 'locks the session',
} as const;

interface MaskedCountersProps {
  readonly counts: MaskCounts;
  /** the latest last */
  readonly reasons: readonly MaskReason[];
  readonly policy: RedactionPolicy;
}

/** More reasons for one kind are not listed: the most frequent ones explain it. */
const SHOWN_REASONS = 4;

/** How many values were hidden on this screen, by kind: what the policy does with them, and what they were found by. */
export function MaskedCounters({ counts, reasons, policy }: MaskedCountersProps) {
  const total = totalMasked(counts);
  const entities = countedEntities(counts);
  return (
    <Disclosed
      label="What was masked"
      trigger={
        <AriaButton
          className="fact-button"
          aria-label={`${total} masked. What was masked?`}
          data-testid="masked"
        >
          <EyeOff size={15} aria-hidden />
          <strong>{total}</strong> masked
        </AriaButton>
      }
    >
      <div className="stack">
        <h2>Why was this masked?</h2>
        {entities.length === 0 ? (
          <p className="muted">
            Nothing yet. Personal data and secrets are hidden before they reach this screen or the recording.
          </p>
        ) : (
          <table className="counter-table">
            <tbody>
              {entities.map(({ entity, count }) => (
                <tr key={entity}>
                  <td className="number">{count}</td>
                  <th scope="row">{entityName(entity, count)}</th>
                  <td>
                    <span className="muted">{WHY[actionFor(policy, entity)]}</span>
                    <ul className="reasons" aria-label="Found">
                      {reasonsOf(reasons, entity).map(reason => (
                        <li key={`${reason.rule} ${reason.action}`}>
                          {reason.count}× {reasonWords(reason)}
                        </li>
                      ))}
                    </ul>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <p className="small muted">
          By the policy “{policy.name}”. The values themselves are nowhere in this window.
        </p>
      </div>
    </Disclosed>
  );
}

function reasonsOf(reasons: readonly MaskReason[], entity: Entity): MaskReason[] {
  return reasons
    .filter(reason => reason.entity === entity)
    .sort((a, b) => b.count - a.count)
    .slice(0, SHOWN_REASONS);
}
