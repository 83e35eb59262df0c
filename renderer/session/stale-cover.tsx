import { CloudOff } from 'lucide-react';
import type { Staleness } from './lock-words.ts';

const WORDS: Record<Staleness, { readonly title: string; readonly meaning: string }> = {
  'out-of-reach': {
    title: 'Sallyport on this machine is out of reach',
    meaning:
      'Nobody can say whether your access still holds, so the screen is covered. It comes back by itself with the connection; the session itself is not ended by this.',
  },
  'past-expiry': {
    title: 'The time of this grant is over',
    meaning: 'The screen is covered. What happens next is on its way from Sallyport on this machine.',
  },
};

/** In the terminal's place while this window cannot know whether it may be shown. */
export function StaleCover({ staleness }: { readonly staleness: Staleness }) {
  const { title, meaning } = WORDS[staleness];
  return (
    <section className="cover" role="status" data-testid="stale-cover">
      <div className="cover-panel">
        <CloudOff size={34} aria-hidden className="cover-icon" />
        <h2>{title}</h2>
        <p className="muted">{meaning}</p>
      </div>
    </section>
  );
}
