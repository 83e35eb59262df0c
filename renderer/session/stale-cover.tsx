import { CloudOff } from 'lucide-react';
import type { Staleness } from './lock-words.ts';
import { t } from '../texts/t.ts';

/** In the terminal's place while this window cannot know whether it may be shown. */
export function StaleCover({ staleness }: { readonly staleness: Staleness }) {
  const isOutOfReach = staleness === 'out-of-reach';
  return (
    <section className="cover" role="status" data-testid="stale-cover">
      <div className="cover-panel">
        <CloudOff size={34} aria-hidden className="cover-icon" />
        <h2>{isOutOfReach ? t.session.outOfReach : t.session.pastExpiry}</h2>
        <p className="muted">{isOutOfReach ? t.session.outOfReachMeans : t.session.pastExpiryMeans}</p>
      </div>
    </section>
  );
}
