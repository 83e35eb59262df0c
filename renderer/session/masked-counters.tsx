import { EyeOff } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type {
  Entity,
  MaskCounts,
  MaskReason,
  RedactionAction,
  RedactionPolicy,
} from '../../contract/redaction.ts';
import { countedEntities, entityName, totalMasked } from '../app/entity-words.ts';
import { Disclosed } from '../design/dialog.tsx';
import { actionFor } from '../launcher/policy-words.ts';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';
import { reasonWords } from '../app/reason-words.ts';

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
      label={t.session.whatMasked}
      trigger={
        <AriaButton className="fact-button" aria-label={t.session.maskedCount(total)} data-testid="masked">
          <EyeOff size={15} aria-hidden />
          {t.session.maskedNow(<strong>{number(total)}</strong>)}
        </AriaButton>
      }
    >
      <div className="stack">
        <h2>{t.session.whyMasked}</h2>
        {entities.length === 0 ? (
          <p className="muted">{t.session.nothingMasked}</p>
        ) : (
          <table className="counter-table">
            <tbody>
              {entities.map(({ entity, count }) => (
                <tr key={entity}>
                  <td className="number">{number(count)}</td>
                  <th scope="row">{entityName(entity, count)}</th>
                  <td>
                    <span className="muted">{actionWords(actionFor(policy, entity))}</span>
                    <ul className="reasons" aria-label={t.session.found}>
                      {reasonsOf(reasons, entity).map(reason => (
                        <li key={`${reason.rule} ${reason.action}`} lang="en">
                          {number(reason.count)}× {reasonWords(reason)}
                        </li>
                      ))}
                    </ul>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <p className="small muted">{t.session.byPolicy(policy.name)}</p>
      </div>
    </Disclosed>
  );
}

function actionWords(action: RedactionAction): string {
  return {
    mask: t.session.whyMask,
    partial: t.session.whyPartial,
    token: t.session.whyToken,
    allow: t.session.whyAllow,
    block: t.session.whyBlock,
  }[action];
}

function reasonsOf(reasons: readonly MaskReason[], entity: Entity): MaskReason[] {
  return reasons
    .filter(reason => reason.entity === entity)
    .sort((a, b) => b.count - a.count)
    .slice(0, SHOWN_REASONS);
}
