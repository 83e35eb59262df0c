import type { ReactNode } from 'react';
import { plural } from '../format.ts';

/** The list of recordings, how one is opened, and how it is exported. */
export const review = {
  about: 'What was done under each grant, encrypted for reviewers, with personal data hidden.',
  theRecordings: 'the recordings',
  noneYet: 'No recordings yet',
  noneYetMeans:
    'A recording appears here while its session is still running, can be watched live, and is replayed when it is handed in.',
  noneFits: 'No recording fits',
  clear: 'Clear the filters',
  who: (operator: string, target: string) => `${operator} on ${target}`,
  replayOf: (who: string, time: string) => `Replay ${who}, ${time}`,
  watchOf: (who: string) => `Watch live: ${who}`,
  maskedValues: (values: string) => `masked: ${values}`,
  stopped: 'stopped',
  all: 'All recordings',

  filter: 'Filter recordings',
  whoOrWhat: 'Who or what',
  searchBy: 'Person, target, account',
  reviewState: 'Review state',
  operator: 'Operator',
  everybody: 'Everybody',
  target: 'Target',
  everyTarget: 'Every target',
  masked: 'Masked',
  maskedOrNot: 'Masked or not',
  anythingMasked: 'Anything masked',
  maskedKind: (entities: string) => `Masked: ${entities}`,
  order: 'Order',
  stoppedOnly: 'Stopped by a rule or an approver',
  count: (count: number) => plural(count, { one: '# recording', other: '# recordings' }),
  countOf: (shown: string, count: number) =>
    `${shown} of ${plural(count, { one: '# recording', other: '# recordings' })}`,

  unreachable: 'The server is out of reach',
  unreachableAdvice:
    'Its recordings lie there, encrypted. It is tried again by itself as soon as the server answers; recordings that are open in other windows can be played as far as they were read.',
  unreadable: 'Your key does not open this recording',
  unreadableAdvice:
    'Decisions and how long it is kept do not need the key. To see it, ask one of its reviewers to share it with you, or an administrator whose keys it is sealed to.',
  damaged: 'This recording is damaged',
  damagedAdvice:
    'Tell your administrator, who has the server read it again (“sallyport admin scrub”) and restores it from a backup. Hold it meanwhile, so that it is not deleted.',
  deleted: 'This recording was deleted',
  deletedAdvice: 'Its tombstone is in the list of recordings.',
  notFound: 'There is no such recording',
  notFoundAdvice: 'The link may be of another server, or what was imported was removed from this machine.',
  notAllowed: 'You may not replay this recording',
  notAllowedAdvice: 'Recordings are replayed by reviewers of their target’s groups. Ask an administrator.',
  cannotOpen: 'This recording cannot be opened',
  cannotOpenAdvice: 'Try again. If it stays so, tell your administrator what stands here.',

  noKey: 'This machine holds no reviewer’s key',
  makeYourKey: 'Make your key',
  noKeyMeans: (link: ReactNode) => (
    <>
      Recordings are encrypted for reviewers. {link} and publish it; a reviewer who can open this recording
      then shares it with you.
    </>
  ),
  unlockTitle: 'Unlock your reviewer’s key',
  unlockMeans: (recipient: ReactNode) => (
    <>
      Recordings are encrypted for you as {recipient}. The key is unlocked until you close Sallyport, and
      never enters this window.
    </>
  ),
  wrongPassphrase: 'The passphrase did not open the key. Try again.',

  export: 'Export',
  exporting: (percent: number) => `Exporting, ${percent}%`,
  exportedSoFar: 'Exported so far',
  cancelExport: 'Cancel export',
  exportMeans:
    'A file on this machine, masked like the recording, but no longer encrypted; only the evidence bundle stays sealed.',
  savedEvidence: (file: string) =>
    `Saved ${file}. The recording in it stays sealed; “sallyport verify” checks it anywhere.`,
  saved: (file: string) =>
    `Saved ${file}. It is no longer encrypted: keep it where only reviewers can read it.`,
};

export const reviewFilters = {
  all: 'All',
  waiting: 'To review',
  overdue: 'Overdue',
  flagged: 'Flagged',
  reviewed: 'Reviewed',
  running: 'Running',
};

export const sortOrders = {
  newest: 'Newest first',
  due: 'Due first',
  masked: 'Most masked first',
  longest: 'Longest first',
};

export const exportFormats = {
  'asciicast-v3': 'asciicast v3',
  'asciicast-v2': 'asciicast v2',
  text: 'Plain text',
  evidence: 'Evidence bundle',
};

export const exportMeanings = {
  'asciicast-v3': 'plays with asciinema 3',
  'asciicast-v2': 'plays with older asciinema',
  text: 'what was shown, without colours',
  evidence: 'sealed, with grant, log entries and proofs',
};

/** Recordings of other programs. */
export const imports = {
  import: 'Import asciicast…',
  importing: (percent: number) => `Importing, ${percent}%`,
  soFar: 'Imported so far',
  cancel: 'Cancel import',
  done: (masked: string) => `Imported and sealed to your key; masked: ${masked}.`,
  keysLeftOut: (count: number) =>
    plural(count, { one: '# keystroke in it left out.', other: '# keystrokes in it left out.' }),
  failed: (file: string, message: string) => `${file} was not imported. ${message}`,
  onThisMachine: 'Imported on this machine',
  list: 'Imported recordings',
  replay: (time: string) => `Replay what was imported ${time}`,
  recordedElsewhere: (time: string) => `Recorded elsewhere, ${time}`,
  importedAt: (time: string) => `imported ${time}`,
  imported: 'Imported',
  importedMeans: (time: string) =>
    `Imported ${time} from an asciicast. It lies on this machine only, masked and sealed to your key: nobody else can open it, and there are no decisions or comments on it.`,
  remove: 'Remove',
  removeTitle: 'Remove this imported recording',
  fileStays: 'The file that it was made from stays where it is.',
  removed: 'The imported recording is removed from this machine.',
};
