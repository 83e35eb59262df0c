import type { KnownKeys, IdentityState } from '../../contract/keys.ts';
import type { AccountRecord } from '../../contract/server-administration.ts';
import type {
  AccessRequest,
  Account,
  GrantRecord,
  RecordingSummary,
  Role,
  SessionRecord,
  TargetSummary,
} from '../../contract/server-api.ts';

/** What the window knows; null: not yet, or it could not be asked. */
export interface GuideFacts {
  readonly account: Account;
  readonly requests: readonly AccessRequest[] | null;
  readonly grants: readonly GrantRecord[] | null;
  readonly sessions: readonly SessionRecord[] | null;
  readonly recordings: readonly RecordingSummary[] | null;
  readonly targets: readonly TargetSummary[] | null;
  readonly identity: IdentityState | null;
  readonly keys: KnownKeys | null;
  readonly accounts: readonly AccountRecord[] | null;
  readonly hasPolicy: boolean | null;
  readonly isTold: boolean;
}

/** Where a step is done. */
export type GuideAction =
  | 'request'
  | 'approvals'
  | 'recordings'
  | 'keys'
  | 'settings'
  | 'targets'
  | 'policy'
  | 'people';

export interface GuideStep {
  readonly title: string;
  readonly text: string;
  /** null: not known */
  readonly isDone: boolean | null;
  readonly action: GuideAction | null;
}

/** The first steps of a role, each with whether it is done, from what is really there. */
export function guideSteps(role: Role, facts: GuideFacts): readonly GuideStep[] {
  return STEPS[role](facts);
}

/** Whether nothing is left to do; false while something is not known. */
export function isGuideDone(steps: readonly GuideStep[]): boolean {
  return steps.every(({ isDone }) => isDone === true);
}

const STEPS: Readonly<Record<Role, (facts: GuideFacts) => readonly GuideStep[]>> = {
  operator({ account, requests, grants, sessions }) {
    const own = sessions?.filter(({ operator }) => operator.id === account.id);
    return [
      {
        title: 'Ask for access',
        text: 'Choose a target, say why and for how long. What will be masked is shown before you send it.',
        isDone: known(requests?.some(({ requester }) => requester.id === account.id)),
        action: 'request',
      },
      {
        title: 'Get a grant',
        text: 'An approver decides. The grant appears in the launcher by itself, and its time runs from then on.',
        isDone: known(grants?.some(({ holder }) => holder.id === account.id)),
        action: null,
      },
      {
        title: 'Connect',
        text: 'The terminal shows personal data masked. The bar above it counts down and says what happens at zero.',
        isDone: known(own && own.length > 0),
        action: null,
      },
      {
        title: 'End the session',
        text: 'The recording is handed in while you work and sealed at the end: there is nothing else to do.',
        isDone: known(own?.some(({ endedAtMs }) => endedAtMs !== null)),
        action: null,
      },
    ];
  },
  approver({ account, requests, isTold }) {
    return [
      {
        title: 'Be told of requests',
        text: 'A notification tells you when somebody waits. You switch it on in the settings.',
        isDone: isTold,
        action: 'settings',
      },
      {
        title: 'Decide on a request',
        text: 'Read who asks and why, narrow it where less is enough, approve or deny. Sessions that run stand below the queue: watch, suspend or revoke them there.',
        isDone: known(requests?.some(({ decidedBy }) => decidedBy?.id === account.id)),
        action: 'approvals',
      },
    ];
  },
  reviewer({ account, identity, keys, recordings }) {
    return [
      {
        title: 'Make your key',
        text: 'Recordings are encrypted for reviewers. The key is made on this machine and stays on it.',
        isDone: known(identity && identity.recipient !== null),
        action: 'keys',
      },
      {
        title: 'Publish it',
        text: 'Recordings of grants from then on are sealed to it, too.',
        isDone: known(
          keys?.recipients.some(each => each.accountId === account.id && each.retiredAtMs === null),
        ),
        action: 'keys',
      },
      {
        title: 'Review a recording',
        text: 'Replay it, jump between masks, commands and alerts, and decide: reviewed, flagged, or to follow up.',
        isDone: known(
          recordings?.some(({ review }) =>
            [...review.reviewedBy, ...review.raisedBy].some(({ id }) => id === account.id),
          ),
        ),
        action: 'recordings',
      },
    ];
  },
  administrator({ targets, accounts, keys, hasPolicy }) {
    const active = keys?.recipients.filter(({ retiredAtMs }) => retiredAtMs === null);
    return [
      {
        title: 'Register a target',
        text: 'A host or database that people may ask for, with what is masked there.',
        isDone: known(targets && targets.length > 0),
        action: 'targets',
      },
      {
        title: 'Give people accounts',
        text: 'An operator and an approver at the least. Each gets a code that enrols one device.',
        isDone: known(
          accounts &&
            (['operator', 'approver', 'reviewer'] as const).every(role =>
              accounts.some(({ roles, disabledAtMs }) => disabledAtMs === null && roles.includes(role)),
            ),
        ),
        action: 'people',
      },
      {
        title: 'See to a reviewer’s key',
        text: 'No grant is issued while nobody could open its recording.',
        isDone: known(active?.some(({ isBreakGlass }) => !isBreakGlass)),
        action: 'keys',
      },
      {
        title: 'Keep a break-glass key',
        text: 'Two custodians open recordings together when no reviewer can. “sallyport keys” makes it.',
        isDone: known(active?.some(({ isBreakGlass }) => isBreakGlass)),
        action: 'keys',
      },
      {
        title: 'Set an access policy',
        text: 'One file says who may ask for what. Try it against past requests before it is in force.',
        isDone: hasPolicy,
        action: 'policy',
      },
    ];
  },
};

function known(fact: boolean | null | undefined): boolean | null {
  return fact ?? null;
}
