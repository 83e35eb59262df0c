import type { AuditEntry } from '../../contract/server-api.ts';

/** Of the Open Cybersecurity Schema Framework, version 1.5.0 (https://schema.ocsf.io/1.5.0/). */
const OCSF_VERSION = '1.5.0';
const OTHER = 99;

interface EventClass {
  readonly category: number;
  readonly uid: number;
}
const ACCOUNT_CHANGE: EventClass = { category: 3, uid: 3001 };
const AUTHENTICATION: EventClass = { category: 3, uid: 3002 };
const AUTHORIZE_SESSION: EventClass = { category: 3, uid: 3003 };
const ENTITY_MANAGEMENT: EventClass = { category: 3, uid: 3004 };
const USER_ACCESS: EventClass = { category: 3, uid: 3005 };
const GROUP_MANAGEMENT: EventClass = { category: 3, uid: 3006 };
const DETECTION_FINDING: EventClass = { category: 2, uid: 2004 };

/** Class and activity of what the log knows; everything else is Entity Management, "other". */
const ACTIVITIES: Readonly<Record<string, readonly [EventClass, activity: number]>> = {
  'account.create': [ACCOUNT_CHANGE, 1],
  'account.disable': [ACCOUNT_CHANGE, 5],
  'account.update': [ACCOUNT_CHANGE, OTHER],
  'account.enrol-code': [ACCOUNT_CHANGE, OTHER],
  'device.enrol': [AUTHENTICATION, 1],
  'device.sign-in': [AUTHENTICATION, 1],
  'device.enrol-refused': [AUTHENTICATION, 1],
  'sign-in.refused': [AUTHENTICATION, 1],
  'device.revoke': [AUTHENTICATION, 2],
  'session.start': [AUTHORIZE_SESSION, 1],
  'credential.issue': [AUTHORIZE_SESSION, 1],
  'token-key.issue': [AUTHORIZE_SESSION, 1],
  'request.approve': [USER_ACCESS, 1],
  'request.self-extend': [USER_ACCESS, 1],
  'grant.revoke': [USER_ACCESS, 2],
  'grant.expire': [USER_ACCESS, 2],
  'request.deny': [USER_ACCESS, OTHER],
  'request.create': [USER_ACCESS, OTHER],
  'reviewer-group.change': [GROUP_MANAGEMENT, OTHER],
  'session.alert': [DETECTION_FINDING, 1],
  'target.put': [ENTITY_MANAGEMENT, 3],
  'policy.apply': [ENTITY_MANAGEMENT, 3],
  'policy.remove': [ENTITY_MANAGEMENT, 4],
  'recording.stored': [ENTITY_MANAGEMENT, 1],
  'recording.read': [ENTITY_MANAGEMENT, 2],
  'recording.watched': [ENTITY_MANAGEMENT, 2],
  'recording.delete': [ENTITY_MANAGEMENT, 4],
  'host-certificate.issue': [ENTITY_MANAGEMENT, 1],
  'recipient.put': [ENTITY_MANAGEMENT, 1],
  'recipient.retire': [ENTITY_MANAGEMENT, 4],
};
const INFORMATIONAL = 1;
const MEDIUM = 3;
const SUCCESS = 1;
const FAILURE = 2;

/** An audit entry as an OCSF event: what the framework has no field for stands under `unmapped`, the hash of the chain with it. */
export function toOcsf(entry: AuditEntry, productVersion: string): Readonly<Record<string, unknown>> {
  const [{ category, uid }, activity] = ACTIVITIES[entry.action] ?? [ENTITY_MANAGEMENT, OTHER];
  const isRefused = entry.action === 'refused' || entry.action.endsWith('refused');
  const isNotable = isRefused || entry.action === 'session.alert' || entry.action === 'break-glass.unlock';
  const { accountId, deviceId, reason, ...detail } = entry.detail;
  const user = {
    name: entry.actor,
    ...(typeof accountId === 'string' ? { uid: accountId } : {}),
    type_id: entry.actor === 'server' ? 3 : 1,
  };
  return {
    category_uid: category,
    class_uid: uid,
    activity_id: activity,
    ...(activity === OTHER ? { activity_name: entry.action } : {}),
    type_uid: uid * 100 + activity,
    severity_id: isNotable ? MEDIUM : INFORMATIONAL,
    status_id: isRefused ? FAILURE : SUCCESS,
    time: entry.atMs,
    message: `${entry.actor}: ${entry.action} ${entry.subject}`,
    ...(typeof reason === 'string' ? { status_detail: reason } : {}),
    actor: { user },
    // Required by the classes about a person: who it is about, as far as the entry says.
    ...(uid === ENTITY_MANAGEMENT.uid
      ? { entity: { name: entry.subject, type: entry.action.split('.')[0] } }
      : {}),
    ...(category === 3 && uid !== ENTITY_MANAGEMENT.uid ? { user } : {}),
    ...(uid === USER_ACCESS.uid ? { privileges: [entry.action] } : {}),
    ...(uid === GROUP_MANAGEMENT.uid ? { group: { name: entry.subject } } : {}),
    ...(uid === DETECTION_FINDING.uid
      ? { finding_info: { uid: `${entry.subject}/${String(entry.sequence)}`, title: entry.action } }
      : {}),
    ...(typeof deviceId === 'string' ? { device: { uid: deviceId, type_id: 0 } } : {}),
    metadata: {
      version: OCSF_VERSION,
      uid: String(entry.sequence),
      sequence: entry.sequence,
      log_name: 'audit',
      event_code: entry.action,
      product: { name: 'Sallyport', vendor_name: 'Sallyport', version: productVersion },
    },
    unmapped: { subject: entry.subject, hash: entry.hash, detail },
  };
}
