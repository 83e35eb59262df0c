import type { ReactNode } from 'react';

export const live = {
  back: 'Running sessions',
  noSession: 'There is no such session',
  yourKey: 'your key',
  view: 'Live view',
  screen: 'The session’s screen, for watching only',
  live: 'Live',
  who: (operator: string, target: string) => `${operator} on ${target}`,
  facts: (account: ReactNode, ago: string, total: ReactNode, masked: string) => (
    <>
      as {account} · started {ago} · {total} masked: {masked}
    </>
  ),
  chain: 'Chain of the recording',
  endedHere: 'The session has ended. This is its finished recording.',
  openFinished: 'Open the finished recording',
  whole: 'Its recording is whole on the server.',
  wholeForReviewers: 'Its recording is whole on the server, where reviewers replay it.',

  lift: 'Lift',
  liftOf: (who: string) => `Lift the lock of ${who}`,
  anotherResumes: 'Another approver can resume it.',
  resume: 'Resume',
  resumeOf: (who: string) => `Resume ${who}`,
  suspend: 'Suspend',
  suspendOf: (who: string) => `Suspend ${who}`,
  revoke: 'Revoke',
  revokeOf: (who: string) => `Revoke ${who}`,

  connecting: 'Connecting…',
  waiting: 'Waiting for the first output',
  lost: 'Out of reach; trying again',
  ended: 'The session has ended',
  refused: 'Cannot be watched',
  nothingYet: 'Nothing shown yet',
  behind: (seconds: string) => `${seconds} s behind`,
  nothingSince: (time: string) => `Nothing new since ${time}`,

  broken: 'Chain broken',
  brokenMeans: (problem: string) => `${problem} Treat what you see with care.`,
  checked: 'Checked from the start',
  checking: (percent: number) => `Checking, ${percent}%`,
  checkedMeans: (segments: string) =>
    `Each of the ${segments} segments so far names the one before it, from the first one on.`,
  checkingMeans:
    'What you see was checked segment by segment; that everything before it is there and unaltered is being checked, from the first segment on.',
  noneSigned: 'The device has signed none of them yet; it does so every ten seconds of output.',
  someSigned: (count: string) =>
    `The device has signed the first ${count} of them by now, and signs the rest as the session goes on.`,
  checkedAgain: 'The whole is checked again when the session is over.',

  noKey: 'You hold no key for this session',
  noKeyAdvice:
    'A running session is watched through its recording, which is encrypted for the recipients named in its grant. Make a key with “sallyport keys new” and have an administrator register its recipient: it opens sessions that are granted afterwards.',
  otherKey: 'Your key does not open this session',
  otherKeyAdvice:
    'Its grant was issued before your recipient was registered, or leaves it out. Ask a reviewer who can open it; sessions that are granted from now on include you once your recipient is registered.',
  mayNot: 'You may not watch this session',
  mayNotAdvice: 'Running sessions are watched by approvers and reviewers.',
  cannot: 'This session cannot be watched',
  cannotAdvice: 'Try again; if it stays so, open its recording when it has ended.',
};
