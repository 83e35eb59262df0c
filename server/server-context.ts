import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Changes } from './changes/changes.ts';
import type { Database } from './database/schema.ts';
import type { EventHub } from './events/event-hub.ts';
import type { SecretBox } from './keys/secret-box.ts';
import type { ServerKeys } from './keys/server-keys.ts';
import type { AlertSink } from './monitoring/alert-sink.ts';
import type { SignInTerms } from './identity/sign-in-terms.ts';
import type { OidcProvider } from './identity/oidc/provider.ts';
import type { PolicyInForce } from './policy/policy-in-force.ts';

/** What the parts of the server share; made once, in start-server.ts. */
export interface ServerContext {
  readonly db: Kysely<Database>;
  readonly changes: Changes;
  readonly hub: EventHub;
  readonly keys: ServerKeys;
  readonly secrets: SecretBox;
  /** issuer and audience of everything that this server signs */
  readonly serverName: string;
  readonly nowMs: () => number;
  readonly log: Logger;
  /** where alerts go besides the approvers' screens */
  readonly alertSinks: readonly AlertSink[];
  /** who may ask for what */
  readonly policy: PolicyInForce;
  /** null: local accounts only */
  readonly oidc: OidcProvider | null;
  readonly signInTerms: SignInTerms;
}
