import { SallyportError } from '../contract/errors.ts';
import type { AccountId, DeviceId } from '../contract/ids.ts';
import type { Account } from '../contract/server-api.ts';

/** Who calls: an account through one of its devices. */
export interface Caller {
  readonly account: Account;
  readonly deviceId: DeviceId;
  /** until when the sign-in of the device is good; null or absent: for ever */
  readonly signedInUntilMs?: number | null;
}

/** What an action is about, as far as a rule needs it. */
export interface Subject {
  /** whose request, grant, session, device or recipient it is */
  readonly ownerId?: AccountId;
  /** the only device that may use it */
  readonly deviceId?: DeviceId;
  readonly allowsSelfApproval?: boolean;
  /** of a recording: whether the caller is in a group that its target's recordings are sealed to, or there is none */
  readonly isInGroups?: boolean;
  /** who decided what is to be settled */
  readonly deciderId?: AccountId;
}

type Rule = (caller: Caller, subject: Subject) => boolean;

const operator: Rule = ({ account }) => account.roles.includes('operator');
const approver: Rule = ({ account }) => account.roles.includes('approver');
const reviewer: Rule = ({ account }) => account.roles.includes('reviewer');
const administrator: Rule = ({ account }) => account.roles.includes('administrator');
const anyone: Rule = () => true;
const owner: Rule = ({ account }, { ownerId }) => ownerId !== undefined && ownerId === account.id;
const anotherOwner: Rule = ({ account }, { ownerId }) => ownerId !== undefined && ownerId !== account.id;
const anotherDecider: Rule = ({ account }, { deciderId }) =>
  deciderId !== undefined && deciderId !== account.id;
const ownDevice: Rule = (caller, { deviceId }) => deviceId !== undefined && deviceId === caller.deviceId;
const inGroups: Rule = (_, { isInGroups }) => isInGroups === true;
const selfApprovalAllowed: Rule = (_, { allowsSelfApproval }) => allowsSelfApproval === true;
const all =
  (...rules: readonly Rule[]): Rule =>
  (caller, subject) =>
    rules.every(rule => rule(caller, subject));
const either =
  (...rules: readonly Rule[]): Rule =>
  (caller, subject) =>
    rules.some(rule => rule(caller, subject));

/** Who may what. An action that is not here is nobody's. */
const POLICY = {
  'target.read': anyone,
  'request.create': operator,
  'request.read': either(owner, approver, administrator),
  'request.withdraw': owner,
  'request.decide': all(approver, either(anotherOwner, selfApprovalAllowed)),
  'grant.read': either(owner, approver, administrator),
  'grant.use': all(owner, ownDevice),
  'grant.revoke': either(owner, approver, administrator),
  'session.read': either(owner, approver, reviewer, administrator),
  'session.report': all(owner, ownDevice),
  'session.suspend': approver,
  'session.resume': all(approver, anotherOwner),
  'session.lift': all(approver, anotherOwner),
  'recording.upload': all(owner, ownDevice),
  'recording.list': either(reviewer, administrator),
  'recording.read': all(reviewer, inGroups),
  'recording.watch': all(either(reviewer, approver), inGroups),
  'recording.review': all(reviewer, inGroups, anotherOwner),
  'recording.hold': either(all(reviewer, inGroups), administrator),
  'recording.retain': administrator,
  'recording.delete': administrator,
  'recording.scrub': administrator,
  'recording.lift-flag': all(reviewer, inGroups, anotherOwner, anotherDecider),
  'recording.comment': all(reviewer, inGroups),
  'recording.share': all(reviewer, inGroups),
  'recipient.read': either(reviewer, administrator),
  'recipient.write': either(all(reviewer, owner), administrator),
  'recipient.write-break-glass': administrator,
  'reviewer-group.read': either(reviewer, administrator),
  'reviewer-group.write': administrator,
  'break-glass.announce': either(reviewer, administrator),
  'device.read': either(owner, administrator),
  'device.revoke': either(owner, administrator),
  'account.read': administrator,
  'account.write': administrator,
  'target.write': administrator,
  'host-certificate.create': administrator,
  'policy.read': administrator,
  'policy.test': administrator,
  'audit.read': either(administrator, reviewer),
  'insights.read': either(approver, reviewer, administrator),
} as const satisfies Readonly<Record<string, Rule>>;

export type Action = keyof typeof POLICY;
export const ACTIONS = Object.keys(POLICY) as readonly Action[];

/** Whether the policy has a rule for the action and the rule says yes. */
export function isAllowed(caller: Caller, action: Action, subject: Subject = {}): boolean {
  return Object.hasOwn(POLICY, action) && POLICY[action](caller, subject);
}

/** Throws `not-allowed`, in words, unless the caller may. */
export function authorize(caller: Caller, action: Action, subject: Subject = {}): void {
  if (isAllowed(caller, action, subject)) return;
  throw new SallyportError('not-allowed', refusal(caller, action, subject));
}

function refusal(caller: Caller, action: Action, subject: Subject): string {
  const { name, roles } = caller.account;
  if (action === 'request.decide' && approver(caller, subject)) {
    return `${name} made this request and cannot decide on it. Ask another approver.`;
  }
  if ((action === 'session.lift' || action === 'session.resume') && approver(caller, subject)) {
    return `${name} is the operator of this session and cannot lift its lock. Ask another approver.`;
  }
  if (subject.isInGroups === false && (reviewer(caller, subject) || approver(caller, subject))) {
    return `${name} is in none of the groups of reviewers that this target's recordings are for. Ask an administrator if that is a mistake.`;
  }
  if (action === 'recording.review' && reviewer(caller, subject)) {
    return `${name} is the operator of this recording and cannot review it. Ask another reviewer.`;
  }
  if (action === 'recording.lift-flag' && reviewer(caller, subject)) {
    return anotherDecider(caller, subject)
      ? `${name} is the operator of this recording and cannot lift a flag on it. Ask another reviewer.`
      : `${name} raised this flag and cannot lift it: it stands until another reviewer does.`;
  }
  if ((action === 'grant.use' || action === 'session.report') && owner(caller, subject)) {
    return 'The grant belongs to another device of this account. Use that device, or ask for access from this one.';
  }
  return `${name} (${roles.join(', ')}) may not do this (${action}). Ask an administrator if that is a mistake.`;
}
