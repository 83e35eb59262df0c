import { agoWords } from '../app/duration-words.ts';
import { useList, useServices } from '../app/services-context.tsx';
import { Badge } from '../design/badge.tsx';
import { number } from '../texts/format.ts';
import { t } from '../texts/t.ts';

const SHOWN = 6;

/** The last revocations, with the time from the click to frozen input as the operator's client measured it. */
export function Revocations({ nowMs }: { readonly nowMs: number }) {
  const { grants } = useServices();
  const revoked = (useList(grants).value ?? [])
    .filter(grant => grant.state === 'revoked')
    .sort((a, b) => (b.revokedAtMs ?? 0) - (a.revokedAtMs ?? 0))
    .slice(0, SHOWN);
  if (revoked.length === 0) return null;
  return (
    <section className="section" aria-labelledby="revocations">
      <h2 id="revocations">{t.approvals.revoked}</h2>
      <ul className="lines">
        {revoked.map(grant => (
          <li key={grant.id} className="line" data-testid={`revoked-${grant.id}`}>
            <p className="grow">
              {t.approvals.onTarget(<strong>{grant.holder.name}</strong>, grant.target.name)}
              <span className="small muted"> · {agoWords(nowMs - (grant.revokedAtMs ?? nowMs))}</span>
            </p>
            {grant.revocationMs === null ? (
              <Badge>{t.approvals.noFreeze}</Badge>
            ) : (
              <Badge tone="ok">{t.approvals.frozenAfter(number(Math.round(grant.revocationMs)))}</Badge>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
