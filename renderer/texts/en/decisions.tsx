import type { ReactNode } from 'react';
import { plural } from '../format.ts';

/** What reviewers decide on a recording, and how much of it they saw. */
export const decisions = {
  decision: 'Decision',
  them: 'the decisions',
  ownSession: 'This is your own session: another reviewer decides on it. You can still comment.',
  note: 'Note',
  notePlaceholder: 'What you saw, for whoever reads this next',
  reasonMissing: 'Say what you saw: without a reason nobody can act on it.',
  save: 'Save decision',
  saving: 'Saving…',
  saved: 'The decision is saved and stands in the audit log.',
  stillRunning: 'The session is still running: it can be flagged now, and reviewed at its end.',

  soFar: 'Decisions so far',
  stands: 'stands',
  ownFlag: 'Your flag: another reviewer can lift it.',
  liftFlag: 'Lift the flag',
  liftFlagOf: (name: string) => `Lift the flag of ${name}`,
  settle: 'Settle the follow-up',
  settleOf: (name: string) => `Settle the follow-up of ${name}`,
  settleIt: 'Settle it',
  liftPlaceholder: 'What you found out, and from whom',
  flagLifted: 'The flag is lifted; the reason stands in the audit log.',
  followUpSettled: 'The follow-up is settled; the reason stands in the audit log.',
  liftedOf: (name: string) => `lifted the flag of ${name}`,
  settledOf: (name: string) => `settled the follow-up of ${name}`,

  reviewedBy: (names: string) => `reviewed by ${names}`,
  flaggedBy: (names: string) => `flagged by ${names}`,
  followUpBy: (names: string) => `follow-up by ${names}`,
  reviewersOf: (done: number, required: number) => `${done} of ${required} reviewers`,
  unreviewed: 'unreviewed',
  unreviewedNeeds: (required: number) => `unreviewed, needs ${required}`,
  overdueLess: 'overdue by less than a day',
  overdueDays: (days: number) => plural(days, { one: 'overdue by # day', other: 'overdue by # days' }),
  dueLess: 'due in less than a day',
  dueDays: (days: number) => plural(days, { one: 'due in # day', other: 'due in # days' }),

  nobodyPlayed: 'Nobody has played any of it yet.',
  seenBy: 'Seen by',
  you: 'You',
  span: (from: string, to: string) => `${from} to ${to}`,
};

export const decisionNames = {
  reviewed: 'Reviewed',
  flagged: 'Flagged',
  'follow-up': 'Follow-up',
};

export const decisionMeanings = {
  reviewed: 'You saw it, and it is in order.',
  flagged: 'Something is wrong. It stands until another reviewer lifts it.',
  'follow-up': 'Somebody has to ask or do something. It stands until it is settled.',
};

/** After the name of who did it. */
export const decisionsDone = {
  reviewed: 'reviewed it',
  flagged: 'flagged it',
  'follow-up': 'asked for a follow-up',
  lifted: 'lifted',
};

export const comments = {
  title: 'Comments',
  them: 'the comments',
  none: 'None yet. A comment stands at the moment that it is about.',
  byTime: 'Comments by time',
  goTo: (time: string) => `Go to ${time}`,
  notProven: 'author not proven',
  unsigned: 'Nobody signed it: an older client wrote it, or somebody else in this name. Ask the author.',
  foreign:
    'The signature in it is not of these words by a device of this author. Do not rely on it, and tell an administrator.',
  commentAt: (time: string) => `Comment at ${time}`,
  placeholder: 'What one should know about this moment',
  add: 'Add comment',
  sealing: 'Sealing…',
};

/** How long a recording is kept, holds, deletion and what stays of it. */
export const keeping = {
  title: 'Keeping',
  encrypted: 'It is encrypted for reviewers, who replay it.',
  whileHeld: 'Kept for as long as the hold stands, whatever its terms say.',
  timeBegins: 'Its time begins with its last bytes.',
  noTime: 'No time is set: it is kept until an administrator deletes it.',
  overButFlagged: (time: string) =>
    `Its time was over ${time}, but it is flagged: kept until that is settled.`,
  overButFollowUp: (time: string) =>
    `Its time was over ${time}, but it is open for a follow-up: kept until that is settled.`,
  untilAndFlagged: (time: string, left: string) => `Kept until ${time} (${left}), and while it is flagged.`,
  untilAndFollowUp: (time: string, left: string) =>
    `Kept until ${time} (${left}), and while it is open for a follow-up.`,
  isOver: 'Its time is over: the server deletes it with its next round.',
  keptUntil: (time: string, left: string) => `Kept until ${time} (${left}); then the server deletes it.`,
  lessThanDayLeft: 'less than a day left',
  daysLeft: (days: number) => plural(days, { one: '# day left', other: '# days left' }),
  cannotDelete: 'It cannot be deleted now.',
  isHeld: 'It is held: lift the hold first.',
  isFlagged: 'It is flagged: a reviewer settles that first.',
  isFollowUp: 'It is open for a follow-up: a reviewer settles that first.',
  notWhole: 'It is not whole yet.',
  notReviewed: 'It was not reviewed yet, and its time is not over.',

  held: 'held',
  heldBy: (name: string) => `held by ${name}`,
  heldFacts: (held: ReactNode, name: string, time: string, reason: string) => (
    <>
      {held} by {name} since {time}: {reason}
    </>
  ),
  damaged: 'damaged',
  damagedOnServer: 'damaged on the server',
  deletedBy: (time: string, name: string) => `deleted ${time} by ${name}`,

  hold: 'Hold',
  holdTitle: 'Hold this recording',
  holdMeans: 'Nobody can delete it, nor does the server when its time is over, until the hold is lifted.',
  holdReason: 'Who needs it, and what for',
  placeHold: 'Place the hold',
  wasHeld: 'The recording is held; the reason stands in the audit log.',
  liftHold: 'Lift the hold',
  liftMeans: 'From now on its own terms count again.',
  liftReason: 'Why it need not be kept any longer than its terms say',
  wasLifted: 'The hold is lifted; the reason stands in the audit log.',
  delete: 'Delete',
  deleteTitle: 'Delete this recording',
  deleteMeans:
    'Its key is destroyed first, then its bytes and comments. What stays is a tombstone, signed by the server: what it was, who deleted it, when and why.',
  deleteReason: 'Why it is not needed any more',
  sure: 'I know that nobody can bring it back',
  deleteForGood: 'Delete for good',
  wasDeleted: 'The recording is deleted. Its signed tombstone stays.',

  recordingOf: (who: string, time: string) => `${who}, ${time}.`,
  deletedBecause: (time: string, name: string, reason: string) => `Deleted ${time} by ${name}: ${reason}`,
  tombstone: 'Tombstone',
  theTombstone: 'the tombstone',
  signed: 'signed by the server',
  notSigned: 'not signed',
  notSignedMeans: 'This server’s keys did not sign the tombstone: it says nothing. Tell your administrator.',
  saveTombstone: 'Save the tombstone',
  verifyChecks: '“sallyport verify” checks it anywhere',
  itWas: 'It was',
  sizeWas: (duration: string, bytes: string, segments: number) =>
    `${duration}, ${bytes} in ${plural(segments, { one: '# segment', other: '# segments' })}`,
  cause: 'Cause',
  timeWasOver: 'its time was over',
  administratorDecided: 'an administrator decided',
  keptUntilName: 'Kept until',
  noTimeWasSet: 'no time was set',
  reviewed: 'Reviewed',
  yes: 'yes',
  no: 'no',
  itsKey: 'Its key',
  keyDestroyed: 'destroyed first: no copy of the stored bytes can be read',
  noOwnKey: 'it had none of its own: a copy of the stored bytes can be read by its reviewers',
  lastRecord: 'Last record',
  notKept: 'not kept',
};
