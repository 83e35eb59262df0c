import { ShieldAlert } from 'lucide-react';
import type { KeyRecipient } from '../../contract/keys.ts';
import { dateAndTime } from '../app/duration-words.ts';
import { Badge } from '../design/badge.tsx';
import { StateNote } from '../design/state-note.tsx';
import { t } from '../texts/t.ts';

/** The key that two custodians put together when no reviewer can open a recording, and whether that has happened. */
export function BreakGlass({ recipients }: { readonly recipients: readonly KeyRecipient[] }) {
  const active = recipients.filter(({ isBreakGlass, retiredAtMs }) => isBreakGlass && retiredAtMs === null);
  return (
    <section className="section" aria-labelledby="break-glass">
      <h2 id="break-glass">{t.keys.breakGlass}</h2>
      {active.length === 0 ? (
        <StateNote title={t.keys.noBreakGlass} icon={ShieldAlert}>
          {t.keys.noBreakGlassMeans()}
        </StateNote>
      ) : (
        <ul className="key-groups">
          {active.map(({ recipient, fingerprint, accountName, addedAtMs, unlocked }) => (
            <li key={recipient} className="key-card">
              <div className="row">
                <h3 className="mono grow" title={recipient}>
                  {fingerprint}
                </h3>
                {unlocked === null ? (
                  <Badge tone="ok">{t.keys.sealed}</Badge>
                ) : (
                  <Badge tone="danger">{t.keys.unlockedBy(unlocked.by)}</Badge>
                )}
              </div>
              <p className="muted">{t.keys.breakGlassFacts(accountName, dateAndTime(addedAtMs))}</p>
              {unlocked !== null && <p>{t.keys.putTogether(dateAndTime(unlocked.atMs))}</p>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
