import type { AccessSnapshot } from '../../contract/access.ts';
import { announcement } from './countdown.ts';

/** Says warnings, locks and the end to screen readers, politely and once each: the text changes only when the state does. */
export function Announcer({ access }: { readonly access: AccessSnapshot }) {
  return (
    <p className="visually-hidden" role="status" aria-live="polite" data-testid="announcement">
      {announcement(access)}
    </p>
  );
}
