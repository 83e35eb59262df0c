import { DOCUMENT_LAYOUTS } from './documents.ts';
import { EDITED_LAYOUTS } from './edited.ts';
import { KEY_LAYOUTS } from './keys.ts';
import type { Layout } from './layout.ts';
import { PROSE_LAYOUTS } from './prose.ts';
import { SCREEN_LAYOUTS } from './screen.ts';
import { STRING_LAYOUTS } from './strings.ts';
import { TABLE_LAYOUTS } from './tables.ts';
import { WRAPPED_LAYOUTS } from './wrapped.ts';

/** Every layout, in the order of the summary. */
export const LAYOUTS: readonly Layout[] = [
  ...PROSE_LAYOUTS,
  ...WRAPPED_LAYOUTS,
  ...EDITED_LAYOUTS,
  ...STRING_LAYOUTS,
  ...TABLE_LAYOUTS,
  ...DOCUMENT_LAYOUTS,
  ...KEY_LAYOUTS,
  ...SCREEN_LAYOUTS,
];
