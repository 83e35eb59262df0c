import type { ReactNode } from 'react';
import { plural } from '../format.ts';

/** The approver’s queue and what runs. */
export const approvals = {
  title: 'Approvals',
  about: 'Decide on access before it is used; stop it while it is.',
  theRequests: 'the requests',
  noneWaits: 'Nothing waits for a decision',
  noneWaitsMeans: 'New requests appear here by themselves.',
  toDecide: 'Requests to decide',
  isExtension: 'extension of a running grant',
  isOwn: 'your own request',
  askedFor: 'Asked for',
  askedAs: (duration: string, account: ReactNode, host: ReactNode, kind: string) => (
    <>
      {duration} as {account} on {host} ({kind})
    </>
  ),
  withReadOnly: (duration: string) => `${duration}, read-only`,
  ticket: 'Ticket',
  noTicket: 'none given',
  policy: 'Policy',
  rule: (name: string) => `Rule “${name}”.`,
  limits: 'Limits',
  history: 'History',
  firstRequest: 'The first request of this person that is known here.',
  otherRequests: (count: number, approved: string, denied: string) =>
    plural(count, {
      one: `# other request: ${approved} approved, ${denied} denied.`,
      other: `# other requests: ${approved} approved, ${denied} denied.`,
    }),
  shorter: 'Shorter',
  shorterHint: 'For example 10 min. Empty leaves it as asked.',
  readOnly: 'Read-only',
  heldByDatabase: 'Held by the database: the role of the grant may read and nothing else.',
  heldBySallyport:
    'Held by Sallyport: the session sends nothing that writes. What the login itself may do on the target stays as it is.',
  note: 'Note to the requester (optional)',
  approve: 'Approve',
  approveLength: (length: string) => `Approve ${length}`,
  approveFor: (requester: string, target: string) => `Approve ${requester} for ${target}`,
  approveForLength: (requester: string, target: string, length: string) =>
    `Approve ${requester} for ${target}, ${length}`,
  approvedByYou: 'Approved by you',
  narrow: 'Narrow',
  narrowFor: (requester: string, target: string) => `Narrow ${requester} for ${target}`,
  deny: 'Deny',
  denyFor: (requester: string, target: string) => `Deny ${requester} for ${target}`,

  running: 'Running sessions',
  theRunning: 'the running sessions',
  noneRuns: 'No session is running. One that starts appears here by itself.',
  onTarget: (person: ReactNode, target: string) => (
    <>
      {person} on {target}
    </>
  ),
  started: (ago: string) => `started ${ago}`,
  left: (clock: string) => `${clock} left`,
  masked: (total: ReactNode, values: string) => (
    <>
      {total} masked: {values}
    </>
  ),
  watch: (operator: string, target: string) => `Watch live: ${operator} on ${target}`,
  live: 'Live',

  revoked: 'Revoked',
  noFreeze: 'no running session reported a freeze',
  frozenAfter: (ms: string) => `input frozen after ${ms} ms`,
};
