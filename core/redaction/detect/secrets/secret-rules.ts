import type { SecretRule } from './secret-rule.ts';
import { secretRules } from './secret-rule.ts';
import { AI } from './secret-rules-ai.ts';
import { MESSAGING } from './secret-rules-chat.ts';
import { CLOUD } from './secret-rules-cloud.ts';
import { CODE_HOSTING } from './secret-rules-code.ts';
import { DATABASES } from './secret-rules-databases.ts';
import { ENCODED } from './secret-rules-encoded.ts';
import { MONITORING } from './secret-rules-monitoring.ts';
import { PACKAGE_REGISTRIES } from './secret-rules-packages.ts';
import { PAYMENT } from './secret-rules-payment.ts';
import { SERVICES } from './secret-rules-saas.ts';

export type { SecretRule };

/**
 * Tokens with a literal of their own. Forms are facts of their issuers' documentation, named with each family; the lists of public
 * scanners (gitleaks, TruffleHog, Kingfisher) told which issuers there are. At one place of a line, an earlier rule is tried first.
 */
export const SECRET_RULES: readonly SecretRule[] = secretRules([
  ...CLOUD,
  ...CODE_HOSTING,
  ...PACKAGE_REGISTRIES,
  ...MESSAGING,
  ...PAYMENT,
  ...MONITORING,
  ...AI,
  ...DATABASES,
  ...SERVICES,
  ...ENCODED,
]);
