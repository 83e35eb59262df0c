import { z } from 'zod';
import { Role } from '../../contract/server-api.ts';
import type { Store } from './store.ts';
import { createStore } from './store.ts';

/** What the window may tell with a notification of the system. */
export const NotificationKind = z.enum(['request', 'decision', 'countdown', 'alert']);
export type NotificationKind = z.infer<typeof NotificationKind>;

export const FONT_SIZE = { least: 8, most: 32, usual: 14 } as const;
const FONT_FAMILY_MAX_CHARS = 120;

/**
 * How one person likes this window; kept in the browser's storage, never anything about access. Each value stands for itself: one that
 * cannot be read is its usual one, and the others stay.
 *
 * How far a terminal scrolls back is no preference: the redactor follows the terminal's buffer row by row (contract/terminal.ts), and
 * a terminal that keeps fewer rows would put a restored cursor where the redactor does not expect it.
 */
export const Preferences = z.object({
  theme: z.enum(['system', 'dark', 'light']).catch('system'),
  contrast: z.enum(['system', 'usual', 'high']).catch('system'),
  language: z.enum(['system', 'en', 'de']).catch('system'),
  density: z.enum(['comfortable', 'compact']).catch('comfortable'),
  /** of terminals, in CSS pixels */
  fontSize: z.number().min(FONT_SIZE.least).max(FONT_SIZE.most).catch(FONT_SIZE.usual),
  /** of terminals: the name of an installed font, which comes before the usual ones; empty for those alone */
  fontFamily: z
    .string()
    .trim()
    .max(FONT_FAMILY_MAX_CHARS)
    // it becomes a CSS family name in quotes
    .regex(/^[^"'\\;{}<>\n\r]*$/)
    .catch(''),
  bell: z.enum(['flash', 'sound', 'none']).catch('flash'),
  /** an accessible copy of the terminal's lines, for screen readers */
  isScreenReaderOn: z.boolean().catch(false),
  /** keys without Ctrl or Cmd that act anywhere in the window, as `?` (WCAG 2.1.4) */
  hasSingleKeys: z.boolean().catch(true),
  /** what is told with a notification of the system; the browser's own permission comes on top */
  notifications: z.array(NotificationKind).catch([]),
  /** roles whose guide was put away */
  closedGuides: z.array(Role).catch([]),
});
export type Preferences = z.infer<typeof Preferences>;

export const USUAL_PREFERENCES: Preferences = Preferences.parse({});

const KEY = 'sallyport.preferences';

/** A store that remembers; storage that is full, forbidden or unreadable only means that nothing is remembered. */
export function createPreferences(storage: Storage): Store<Preferences> {
  const store = createStore(read(storage));
  store.subscribe(() => {
    try {
      storage.setItem(KEY, JSON.stringify(store.get()));
    } catch {
      // a private window may refuse storage: the preference holds until the window closes
    }
  });
  return store;
}

function read(storage: Storage): Preferences {
  try {
    return Preferences.parse(JSON.parse(storage.getItem(KEY) ?? '{}'));
  } catch {
    return USUAL_PREFERENCES;
  }
}
