import { ShieldAlert } from 'lucide-react';
import type { KeyRecipient } from '../../contract/keys.ts';
import { dateAndTime } from '../app/duration-words.ts';
import { Badge } from '../design/badge.tsx';
import { StateNote } from '../design/state-note.tsx';

/** The key that two custodians put together when no reviewer can open a recording, and whether that has happened. */
export function BreakGlass({ recipients }: { readonly recipients: readonly KeyRecipient[] }) {
  const active = recipients.filter(({ isBreakGlass, retiredAtMs }) => isBreakGlass && retiredAtMs === null);
  return (
    <section className="section" aria-labelledby="break-glass">
      <h2 id="break-glass">Break-glass key</h2>
      {active.length === 0 ? (
        <StateNote title="There is no break-glass key" icon={ShieldAlert}>
          If every reviewer’s key is lost, so are the recordings. An administrator makes one whose shares are
          with custodians, any two of whom open it: <code>sallyport keys break-glass new</code>.
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
                  <Badge tone="ok">sealed</Badge>
                ) : (
                  <Badge tone="danger">unlocked by {unlocked.by}</Badge>
                )}
              </div>
              <p className="muted">
                For {accountName}, since {dateAndTime(addedAtMs)}. New recordings are sealed to it, whatever
                groups they are for.
              </p>
              {unlocked !== null && (
                <p>
                  It was put together on {dateAndTime(unlocked.atMs)}; the audit log says why. Make a new one
                  and retire this one.
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
