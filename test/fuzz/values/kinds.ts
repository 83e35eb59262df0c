import { CONTACT_KINDS } from './contact.ts';
import { FINANCIAL_KINDS } from './financial.ts';
import { IDENTITY_KINDS } from './identity.ts';
import type { ValueKind } from './kind.ts';
import { SECRET_KINDS } from './secrets.ts';

/** Every kind of value that is put into a layout. */
export const VALUE_KINDS: readonly ValueKind[] = [
  ...CONTACT_KINDS,
  ...FINANCIAL_KINDS,
  ...IDENTITY_KINDS,
  ...SECRET_KINDS,
];
