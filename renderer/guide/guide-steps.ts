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
import { t } from '../texts/t.ts';

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
        title: t.guide.ask,
        text: t.guide.askText,
        isDone: known(requests?.some(({ requester }) => requester.id === account.id)),
        action: 'request',
      },
      {
        title: t.guide.getGrant,
        text: t.guide.getGrantText,
        isDone: known(grants?.some(({ holder }) => holder.id === account.id)),
        action: null,
      },
      {
        title: t.guide.connect,
        text: t.guide.connectText,
        isDone: known(own && own.length > 0),
        action: null,
      },
      {
        title: t.guide.end,
        text: t.guide.endText,
        isDone: known(own?.some(({ endedAtMs }) => endedAtMs !== null)),
        action: null,
      },
    ];
  },
  approver({ account, requests, isTold }) {
    return [
      {
        title: t.guide.beTold,
        text: t.guide.beToldText,
        isDone: isTold,
        action: 'settings',
      },
      {
        title: t.guide.decide,
        text: t.guide.decideText,
        isDone: known(requests?.some(({ decidedBy }) => decidedBy?.id === account.id)),
        action: 'approvals',
      },
    ];
  },
  reviewer({ account, identity, keys, recordings }) {
    return [
      {
        title: t.guide.makeKey,
        text: t.guide.makeKeyText,
        isDone: known(identity && identity.recipient !== null),
        action: 'keys',
      },
      {
        title: t.guide.publish,
        text: t.guide.publishText,
        isDone: known(
          keys?.recipients.some(each => each.accountId === account.id && each.retiredAtMs === null),
        ),
        action: 'keys',
      },
      {
        title: t.guide.review,
        text: t.guide.reviewText,
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
        title: t.guide.registerTarget,
        text: t.guide.registerTargetText,
        isDone: known(targets && targets.length > 0),
        action: 'targets',
      },
      {
        title: t.guide.giveAccounts,
        text: t.guide.giveAccountsText,
        isDone: known(
          accounts &&
            (['operator', 'approver', 'reviewer'] as const).every(role =>
              accounts.some(({ roles, disabledAtMs }) => disabledAtMs === null && roles.includes(role)),
            ),
        ),
        action: 'people',
      },
      {
        title: t.guide.reviewersKey,
        text: t.guide.reviewersKeyText,
        isDone: known(active?.some(({ isBreakGlass }) => !isBreakGlass)),
        action: 'keys',
      },
      {
        title: t.guide.breakGlass,
        text: t.guide.breakGlassText,
        isDone: known(active?.some(({ isBreakGlass }) => isBreakGlass)),
        action: 'keys',
      },
      {
        title: t.guide.setPolicy,
        text: t.guide.setPolicyText,
        isDone: hasPolicy,
        action: 'policy',
      },
    ];
  },
};

function known(fact: boolean | null | undefined): boolean | null {
  return fact ?? null;
}
