import { agoWords } from '../app/duration-words.ts';
import { useList, useServices } from '../app/services-context.tsx';
import { Badge } from '../design/badge.tsx';

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
      <h2 id="revocations">Revoked</h2>
      <ul className="lines">
        {revoked.map(grant => (
          <li key={grant.id} className="line" data-testid={`revoked-${grant.id}`}>
            <p className="grow">
              <strong>{grant.holder.name}</strong> on {grant.target.name}
              <span className="small muted"> · {agoWords(nowMs - (grant.revokedAtMs ?? nowMs))}</span>
            </p>
            {grant.revocationMs === null ? (
              <Badge>no running session reported a freeze</Badge>
            ) : (
              <Badge tone="ok">input frozen after {Math.round(grant.revocationMs)} ms</Badge>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
