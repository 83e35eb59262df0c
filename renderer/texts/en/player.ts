import { plural } from '../format.ts';

/** The replay of a recording: its screen, controls, timeline, lists of places and search. */
export const player = {
  recording: 'Recording',
  recordedElsewhere: 'Recorded elsewhere',
  theKey: 'the reviewer’s key',
  fetching: 'Fetching, checking and decrypting the recording…',
  preparing: 'Preparing the replay…',
  noSuchName: 'There is no recording of that name.',
  replay: 'Replay',
  screen:
    'Replay. Space plays and pauses, arrow keys step, Shift with arrow keys steps from mark to mark, question mark shows all keys.',

  controls: 'Replay controls',
  play: 'Play',
  pause: 'Pause',
  previousMark: 'Previous mark',
  nextMark: 'Next mark',
  back: 'Back 5 seconds',
  forward: 'Forward 5 seconds',
  speed: 'Speed',
  skipIdle: 'Skip idle',
  copyLink: 'Copy link to this moment',
  copyText: 'Copy the selection, or the screen',
  keys: 'Keys',
  reading: 'Reading…',
  linkCopied: 'Copied a link to this moment.',
  textCopied: 'Copied, as it is shown.',
  notCopied: 'The browser did not allow copying. Click into the replay and try again.',

  unreadPart: 'This part could not be read.',
  goesOn:
    'It goes on by itself when the server answers. What was read before can be played meanwhile: go back to it.',
  retryAdvice: 'Try again, or go to another moment. If it stays so, tell your administrator.',
  missingAt: (time: string) => `Something is missing at ${time}.`,

  position: 'Position in the recording',
  positionOf: (time: string, end: string) => `Position, ${time} of ${end}`,
  andMore: (count: string) => `and ${count} more`,
  maskedTip: (count: string, entities: string) => `${count} ${entities} masked`,

  places: 'Places to go to',
  marks: 'Marks',
  commands: 'Commands',
  search: 'Search',
  marksTitle: 'Where data was masked',
  masksOnly: 'Masks only',
  noMark: 'Nothing was masked in this recording, and nothing else is marked.',
  marksToCome: 'The recording is being read; what was masked appears here when that is done.',
  moreMarks: (left: number) => `Show more (${plural(left, { one: '# mark left', other: '# marks left' })})`,
  commandsTitle: 'Commands and statements',
  noCommand:
    'No command was found in this recording. They are read from the screen, behind prompts that are known.',
  statement: 'statement',
  command: 'command',
  exited: (what: string, code: string, time: string) => `${what}, exit code ${code}, ${time}`,

  searchIn: 'Search in the recording',
  searchWords: 'Words that were shown',
  searchIt: 'Search the recording',
  previousHit: 'Previous hit',
  nextHit: 'Next hit',
  anywhere: 'Parts of words too',
  searchedSoFar: 'Searched so far',
  stop: 'Stop',
  searchOn: (time: string) => `Search on from ${time}`,
  hits: 'Hits',
  moreHits: (left: number) => `Show more (${plural(left, { one: '# hit left', other: '# hits left' })})`,
  searchMeans:
    'Finds what begins with a word, as it was shown. Hidden values cannot be found: they are not there.',
  searching: (hits: number) => `Searching… ${plural(hits, { one: '# hit', other: '# hits' })} so far`,
  nothingFound: 'Nothing found.',
  found: (hits: number) => plural(hits, { one: '# hit.', other: '# hits.' }),
  foundAt: (hits: number, current: string) =>
    `${plural(hits, { one: '# hit', other: '# hits' })}, at ${current}.`,
  noIndex: 'Some of the recording has no index and was read through.',
  unread: (segments: number) =>
    plural(segments, {
      one: '# segment could not be opened.',
      other: '# segments could not be opened.',
    }),
};

/** For the sheet of keys. */
export const playerKeys = {
  toggle: 'play, pause',
  step: 'five seconds back, on',
  mark: 'previous, next mark',
  command: 'previous, next command',
  mask: 'previous, next mask',
  output: 'previous, next output',
  search: 'search',
  hit: 'previous, next hit of the search',
  speed: 'slower, faster',
  ends: 'start, end',
  copyLink: 'copy a link to this moment',
  copyText: 'copy the selection, or the screen',
  keys: 'these keys',
};

export const markKinds = {
  mask: 'mask',
  command: 'command',
  alert: 'alert',
  access: 'access',
  note: 'note',
  gap: 'gap',
  comment: 'comment',
};

/** A mark in the tip of the timeline. */
export const markTips = {
  command: (text: string) => `$ ${text}`,
  alert: (text: string) => `Alert: ${text}`,
  access: (text: string) => `Access: ${text}`,
  note: (text: string) => `Marker: ${text}`,
  comment: (text: string) => `Comment: ${text}`,
  gap: (text: string) => `Gap: ${text}`,
};

/** The legend of the timeline. */
export const lanes = {
  hit: 'search hits',
  personal: 'personal data',
  secret: 'secrets',
  command: 'commands',
  alert: 'alerts',
  access: 'access',
  note: 'markers',
  comment: 'comments',
  gap: 'gaps',
};

export const verification = {
  title: 'Verification',
  checking: (percent: number) => `Checking, ${percent}%`,
  notChecked: 'Not checked',
  isChecked: 'The recording is being checked',
  isCheckedMeans:
    'Its header, its end and its index are signed by the device that recorded. What you see was checked against the hash of its segment; whether everything is there is known when all of it was read.',
  couldNotGoOn: 'The check could not go on',
  goesOn: 'It goes on by itself when the server answers.',
  checkAgain: 'Check again',
  at: (time: string) => `at ${time}`,
  segments: 'Segments',
  device: 'Device',
  grantHash: 'Grant’s hash',
};

export const verdicts = {
  verified: {
    badge: 'Verified',
    title: 'Whole and unaltered',
    meaning:
      'Every segment names the hash of the one before it, and the end is signed by the device that recorded. Nothing was cut, swapped or added since.',
  },
  imported: {
    badge: 'Imported',
    title: 'Of unknown origin, unaltered since its import',
    meaning:
      'It is what was imported here, and nothing says more: what the file held before, anybody can have written.',
  },
  faulty: {
    badge: 'Not verified',
    title: 'This recording cannot be vouched for',
    meaning:
      'Treat what you see with care; below is what was found. What is shown still decrypts and is what the file holds.',
  },
};

export const verificationProblems = {
  'not-a-recording': 'not-a-recording',
  header: 'header',
  chain: 'chain',
  segment: 'segment',
  signature: 'signature',
  cut: 'cut',
  'after-end': 'after-end',
  gap: 'gap',
  origin: 'origin',
};
