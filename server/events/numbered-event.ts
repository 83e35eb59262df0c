import type { AccountId, DeviceId } from '../../contract/ids.ts';
import type { Role, ServerEvent } from '../../contract/server-api.ts';

/** An event that has a number: all but leases. */
export type NumberedEvent = Exclude<ServerEvent, { kind: 'lease' }>;

/** Who an event goes to: these accounts, and every account with one of these roles. */
export interface Audience {
  readonly accountIds?: readonly AccountId[];
  readonly roles?: readonly Role[];
  /** the only device that gets the JWS of a `grant-issued` */
  readonly deviceId?: DeviceId;
}
