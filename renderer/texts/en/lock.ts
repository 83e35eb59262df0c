import type { EndCause, LockReason } from '../../../contract/access.ts';

/** Why a session is locked: what it means and what to do. */
export const lockReasons = {
  'grant-expired': {
    title: 'The time of this grant is over',
    badge: 'locked: the time of this grant is over',
    meaning: 'Ask for an extension to go on where you stopped, or end the session.',
  },
  revoked: {
    title: 'An approver revoked this grant',
    badge: 'locked: an approver revoked this grant',
    meaning: 'It cannot be extended. If the work is not done, talk to the approver and request access anew.',
  },
  'recorder-failed': {
    title: 'The recording cannot go on',
    badge: 'locked: the recording cannot go on',
    meaning:
      'Nothing may be shown that is not recorded, so this session ends; its recording so far is kept. Check that this machine has free disk space, then open a new session.',
  },
  'policy-stale': {
    title: 'The server has not confirmed your access',
    badge: 'locked: the server has not confirmed your access',
    meaning:
      'The lease ran out without a sign from the server. Check your network; the session reopens as soon as the server confirms.',
  },
  idle: {
    title: 'Locked because nothing was typed for a while',
    badge: 'locked: nothing was typed for a while',
    meaning: 'Unlock to go on, or end the session if you are done.',
  },
  budget: {
    title: 'More personal data came up than this grant foresees',
    badge: 'locked: more personal data came up than this grant foresees',
    meaning:
      'The approvers have been told. One of them can lift the lock; say in the ticket what you were doing.',
  },
  'host-unresponsive': {
    title: 'The process that holds your session does not answer',
    badge: 'locked: the process that holds your session does not answer',
    meaning:
      'It reopens when the process answers again. If it does not, the session ends and its recording is kept.',
  },
  operator: {
    title: 'You locked this session',
    badge: 'locked: you locked this session',
    meaning: 'Unlock to go on. The countdown runs on meanwhile.',
  },
  approver: {
    title: 'An approver suspended this session',
    badge: 'locked: an approver suspended this session',
    meaning: 'It reopens when the approver resumes it. The countdown runs on meanwhile.',
  },
} satisfies Record<LockReason, { readonly title: string; readonly badge: string; readonly meaning: string }>;

/** Why a session is over, for its operator. */
export const endCauses = {
  'grant-expired': 'The time of the grant ran out',
  revoked: 'An approver revoked the grant',
  'recorder-failed': 'The recording could not go on',
  'policy-stale': 'The server did not confirm the access in time',
  idle: 'Nothing was typed for too long',
  budget: 'More personal data came up than the grant foresees',
  'host-unresponsive': 'The process that held the session stopped answering',
  operator: 'It stayed locked by you until the grace was over',
  approver: 'It stayed suspended by an approver',
  exited: 'The program or the remote side ended it',
  'closed-by-operator': 'You ended it',
  failed: 'It failed',
  'host-lost': 'The process that held the session was lost',
  recovered: 'It was found unfinished after a crash; its recording was recovered',
} satisfies Record<EndCause, string>;

export const lock = {
  operatorEndedIt: 'The operator ended it',
  operatorLockedIt: 'It stayed locked by the operator',
  lockedBy: (reason: string) => `locked: ${reason}`,
};

/** How safe a recording is. */
export const recording = {
  starts: 'recording starts',
  startsMeans: 'The recording has not reported yet.',
  nothingSafe: 'nothing is on the server yet',
  safeUpTo: (time: string) => `safe up to ${time}`,
  runs: (safe: string) => `Recording; ${safe}. Everything shown is encrypted for the reviewers only.`,
  behind: (bytes: string, safe: string) =>
    `The upload is ${bytes} behind; ${safe}. The rest is encrypted on this machine and follows.`,
  offline: 'upload offline',
  offlineMeans: (safe: string, bytes: string) =>
    `The server cannot be reached; ${safe}. ${bytes} wait, encrypted, on this machine and follow by themselves.`,
  sealed: 'recording sealed',
  sealedMeans: (bytes: string) => `Closed and signed; the last ${bytes} are on their way to the server.`,
  uploaded: 'recording handed in',
  uploadedMeans: 'Complete, signed and on the server.',
  failed: 'recording failed',
  failedMeans: 'The recording cannot go on. What was recorded is kept on this machine and handed in.',
  nearlyFull: 'recording room nearly full',
  nearlyFullMeans: (bytes: string, remedy: string) =>
    `Only ${bytes} are left for recordings on this machine, of this session and others. When that is used up, the session locks; nothing is lost. ${remedy}`,
  emptiesOffline:
    'It empties by itself as soon as the server can be reached again: check your network, and write less until then.',
  emptiesOnline:
    'It empties as recordings reach the server: let the program write less for a while, and end sessions that you do not need.',
  light: (words: string) => `Recording: ${words}`,
  segments: 'Segments',
  writtenHere: 'Written here',
  onServer: 'On the server',
};
