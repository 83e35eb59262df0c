import type { ReactNode } from 'react';
import { number, plural } from '../format.ts';

/** A session: bar, tabs, panes, covers, the end. */
export const session = {
  session: 'Session',
  sessions: 'Sessions',
  sessionOn: (target: string) => `Session on ${target}`,
  asAccount: (target: string, account: ReactNode) => (
    <>
      {target} as {account}
    </>
  ),
  headingOn: (target: string, account: string) => `Session on ${target} as ${account}`,
  about: (target: string, words: string) => `${target}: ${words}`,
  shownTogether: 'Shown together',
  ended: 'ended',
  locked: 'locked',
  close: (target: string) => `Close ${target}`,
  rang: 'rang the bell',

  timeLeft: 'Time left',
  search: 'Search',
  smallerText: 'Smaller text',
  largerText: 'Larger text',
  splitRight: 'Split right',
  splitBelow: 'Split below',
  moreAskedFor: (duration: string) => `${duration} more asked for`,
  extend: 'Extend',
  noExtensionLeft: 'No extension left',
  lock: 'Lock',
  end: 'End',
  endSession: 'End session',
  watch: (count: number, names: string) =>
    plural(count, { one: `${names} watches`, other: `${names} watch` }),

  zeroCanExtend:
    'At zero input stops and the screen is covered; an extension can still reopen it for a short while.',
  zeroEnds: 'At zero input stops, the screen is covered and the session ends. No extension is left.',
  zeroCanExtendShort: 'At zero input stops and the screen is covered.',
  zeroEndsShort: 'At zero input stops and the session ends.',
  hasEnded: 'The session has ended.',
  isLocked: 'The session is locked. The terminal is covered.',
  left: (duration: string, atZero: string) => `${duration} left. ${atZero}`,

  lockedTitle: 'Session locked',
  untilEnd: 'until the session ends. Its screen is kept till then; programs wait.',
  extensionAsked: (duration: string) =>
    `An extension by ${duration} is asked for. The session reopens by itself when it is approved.`,
  unlock: 'Unlock',
  askExtension: 'Ask for an extension',
  opening: 'Opening the session…',
  openingMeans: 'The target is reached and the recording starts before anything is shown.',

  endedTitle: 'Session ended',
  isOver: 'It is over. Everything that it started was ended with it.',
  endedBecause: (cause: string) => `${cause}. Everything that it started was ended with it.`,
  target: 'Target',
  lasted: 'Lasted',
  masked: 'Masked',
  recording: 'Recording',
  backToLauncher: 'Back to the launcher',
  replay: 'Replay',

  notOpen: 'This session is not open here',
  notOpenMeans:
    'It has ended, belongs to another account, or was opened on another machine. Recent sessions are in the launcher.',
  newPane: 'New pane',
  showHere: 'Show here',
  closePane: 'Close pane',
  openSessions: 'Open sessions',
  newSessions: 'New sessions',
  newSessionOn: (target: string, account: ReactNode) => (
    <>
      New session on {target} as {account}
    </>
  ),
  nothingToShow: 'There is no other session and no grant that is open now. Ask for access in the launcher.',
  sizeOfPanes: 'Size of the panes',
  noRoom: 'This window has no room for another pane.',

  endOn: (target: string) => `End the session on ${target}?`,
  endMeans:
    'Closing it ends the session and everything that runs in it. Its recording is finished and goes to the server.',
  goBack: 'Go back',
  keepInTab: 'Keep it in its own tab',

  outOfReach: 'Sallyport on this machine is out of reach',
  outOfReachMeans:
    'Nobody can say whether your access still holds, so the screen is covered. It comes back by itself with the connection; the session itself is not ended by this.',
  pastExpiry: 'The time of this grant is over',
  pastExpiryMeans: 'The screen is covered. What happens next is on its way from Sallyport on this machine.',

  whatMasked: 'What was masked',
  maskedCount: (count: number) => `${number(count)} masked. What was masked?`,
  maskedNow: (count: ReactNode) => <>{count} masked</>,
  whyMasked: 'Why was this masked?',
  nothingMasked:
    'Nothing yet. Personal data and secrets are hidden before they reach this screen or the recording.',
  whyMask: 'hidden whole',
  whyPartial: 'a recognisable rest stays',
  whyToken: 'replaced by a pseudonym',
  whyAllow: 'shown by policy',
  whyBlock: 'locks the session',
  found: 'Found',
  byPolicy: (name: string) => `By the policy “${name}”. The values themselves are nowhere in this window.`,
};

/** What stands between a person and a terminal: search, menu, questions before a paste or a link. */
export const terminal = {
  terminal: 'Terminal',
  menu: 'Menu of the terminal',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  close: 'Close',
  copied: 'Copied, as it is shown.',
  notCopied: 'The browser did not allow copying. Click into the terminal and try again.',
  noClipboard: 'Reading the clipboard is not allowed here. Use Ctrl+Shift+V (⌘V).',
  interrupted:
    'The way to the terminal is interrupted; it is taken up again by itself. Nothing that you type arrives until then.',
  takenOver: 'This session is shown in another window now; nothing that you type here arrives.',
  showHere: 'Show it here',

  searchLabel: 'Search in the terminal',
  searchPlaceholder: 'Search in what was shown',
  noPattern: 'no valid pattern',
  matchCase: 'Match case',
  regularExpression: 'Regular expression',
  previousHit: 'Previous hit',
  nextHit: 'Next hit',
  closeSearch: 'Close search',
  notFound: 'not found',
  overHits: (count: number) => plural(count, { one: 'over # hit', other: 'over # hits' }),
  hitOf: (index: number, count: number) => `${number(index)} of ${number(count)}`,

  openLink: (host: string) => `Open ${host}?`,
  linkOrigin: 'It comes from the terminal’s output, so the target chose it. It opens outside of the session.',
  shownAs: (text: ReactNode) => <>The terminal shows it as “{text}”.</>,
  internationalName:
    'Its name has letters of other scripts (the parts with “xn--”), which can look like ones you know.',
  loginInAddress: 'What stands before the @ is no part of the place that it leads to.',
  unencrypted: 'It is not encrypted (http): others on the way can read and change it.',
  stay: 'Stay here',
  open: 'Open link',
  maskedLink: 'A part of this address is masked, so it leads nowhere.',
  noAddress: 'This link has no address that can be opened.',
  noWebAddress: (protocol: string) =>
    `This link begins with “${protocol}”. Only web addresses (https, http) are opened from a terminal.`,

  pasteLines: (count: number) => plural(count, { one: 'Paste # line?', other: 'Paste # lines?' }),
  pasteHidden: 'Paste hidden characters?',
  alsoHidden:
    'It also has characters in it that do not show themselves. They can press keys, or make it read as something else; here they are marked.',
  hasHidden:
    'The text has characters in it that do not show themselves. They can press keys, or make it read as something else; here they are marked.',
  textToPaste: 'Text to paste',
  charactersMore: (count: number) => `… and ${number(count)} characters more`,
  pasteWithoutAsking: 'Paste several lines without asking in this session',
  doNotPaste: 'Do not paste',
  pasteAsOneLine: 'Paste as one line',
  isBracketed:
    'The program in the terminal takes it as one paste: nothing should run before you press Enter.',
  eachLineRuns: 'Each line may run as a command as soon as it arrives.',
  tooMuch: (kib: string, mostKib: string) =>
    `That is ${kib} KiB of text; a terminal takes at most ${mostKib} KiB at once. Put it into a file on the target instead.`,
};
