import type { ReactNode } from 'react';
import { number, plural } from '../format.ts';

/** Who can open recordings: one’s own key, recipients, groups of reviewers, the break-glass key. */
export const keys = {
  about: 'Recordings are sealed to these keys; the server holds none that opens them.',
  theKeys: 'the keys',
  yourKey: 'your key',
  thePeople: 'the people',
  save: 'Save',
  stop: 'Stop',
  close: 'Close',

  own: 'Your key',
  ownHere: 'Your key on this machine',
  published: 'New recordings are sealed to it',
  notPublished: 'Not published: new recordings do not open with it',
  isRetired: 'Retired: new recordings do not open with it',
  ofAnother: 'Published for another account',
  fingerprint: 'Fingerprint',
  recipient: 'Recipient',
  kept: 'Kept',
  underPassphrase: 'In a file under your passphrase',
  inKeychain: 'Sealed by this system’s keychain',
  inFile: 'In a file that nothing but its access rights guard',
  noKeyHere: 'There is none',
  unlockedNow: (where: string) => `${where}; unlocked now`,
  lockedNow: (where: string) => `${where}; locked now`,
  older: 'Older keys',
  olderCount: (count: number) => `${number(count)} below it, for older recordings`,
  stillSealed: (fingerprint: ReactNode) => (
    <>
      New recordings are still sealed to your other key {fingerprint}. Retire it when no machine of yours
      needs it.
    </>
  ),
  retireOne: (fingerprint: string) => `Retire ${fingerprint}`,
  publish: 'Publish',
  wasPublished: 'Your key is published. Recordings under grants from now on are sealed to it.',

  makeTitle: 'Make your key',
  makeMeans:
    'Recordings are encrypted for reviewers. Yours are opened on this machine, with a key that is made here and never leaves it.',
  guardedByKeychain: 'The system’s keychain guards it.',
  guardedByPassphrase: 'A passphrase guards it: nobody can recover or reset it for you.',
  passphrase: 'Passphrase',
  passphraseHint: (least: number) => `At least ${least} characters; four words are good.`,
  tooShort: (least: number) => `At least ${least} characters.`,
  again: 'Once more',
  notSame: 'The two are not the same.',
  make: 'Make the key',
  making: 'Making the key…',

  unlock: 'Unlock',
  unlocking: 'Unlocking…',
  unlockTitle: 'Unlock your key',
  yourPassphrase: 'Passphrase of your key',
  unlockHint: 'Until you close Sallyport; it never stays in this window.',

  rotate: 'Rotate',
  rotating: 'Rotating…',
  rotateTitle: 'Rotate your key',
  rotateMeans:
    'A new key is made. The older ones stay with it, because older recordings need them. Publish the new one afterwards, and retire the older one.',
  guardsNew: 'It guards the new key as well.',
  rotated: 'A new key is made. Publish it, so that new recordings are sealed to it.',

  lost: 'Lost your key?',
  lostTitle: 'A lost key',
  lostMeans: 'Nobody can bring a lost key back, or its passphrase. Nothing is lost with it, though:',
  lostRetire: 'Retire its recipient in the list below: new recordings leave it out.',
  lostMake:
    'Move its folder away, make a new key here, and publish it: recordings from the next grant on open with it.',
  lostShare: () => (
    <>
      For older recordings, ask another reviewer to share them with your new key: in their Keys view, or with{' '}
      <code>sallyport keys reshare</code>.
    </>
  ),
  lostGlass: 'If no reviewer is left who can open them, two custodians can, with the break-glass key.',

  reviewers: 'Reviewers’ keys',
  showRetired: (count: number) => plural(count, { one: 'Show # retired key', other: 'Show # retired keys' }),
  noRecipient: 'No reviewer has published a key',
  noRecipientMeans: 'No grant can be issued until one has: nothing is recorded that nobody can open.',
  who: 'Who',
  groupsShort: 'Groups',
  since: 'Since',
  state: 'State',
  actions: 'Actions',
  inUse: 'in use',
  retiredAt: (time: string) => `retired ${time}`,
  retire: 'Retire',
  retireOf: (fingerprint: string, name: string) => `Retire the key ${fingerprint} of ${name}`,
  wasRetired: (name: string) => `A key of ${name} is retired: grants from now on leave it out.`,

  share: 'Share',
  shareOlder: 'Share older recordings',
  shareOlderWith: (fingerprint: string, name: string) =>
    `Share older recordings with the key ${fingerprint} of ${name}`,
  shareWith: (name: string) => `Share older recordings with ${name}`,
  shareMeans:
    'Recordings from before this key was published do not open with it. Those that your key opens, with their comments, are shared with it under your device’s signature; the recordings stay as they are. Each is read once, and the audit log names you.',
  looking: 'Looking for recordings…',
  sharedOf: (done: string, total: string) => `${done} of ${total}`,
  sharedSoFar: 'Recordings shared',
  stopped: 'Stopped.',
  shared: (count: number) => plural(count, { one: '# recording shared.', other: '# recordings shared.' }),
  sharedBut: (count: number, already: number) =>
    `${plural(count, { one: '# recording', other: '# recordings' })} shared, ${number(already)} opened with it already.`,
  notShared: (count: number, reason: string) =>
    `${plural(count, { one: '# recording', other: '# recordings' })} not shared: ${reason}`,

  groups: 'Groups of reviewers',
  noGroups:
    'There are none: recordings of every target are for every reviewer. Administrators make groups; a target names those that its recordings are for.',
  members: 'Members',
  membersOf: (group: string) => `Members of ${group}`,
  noKeyOf: (names: string) => `no key of ${names}`,
  nobodyIn: 'Nobody is in it.',
  noTarget: 'No target names it.',
  recordingsOf: (targets: string) => `Recordings of ${targets}`,
  newGroup: 'New group',
  newGroupTitle: 'New group of reviewers',
  name: 'Name',
  nameHint: 'Letters, digits, “-” and “_”; targets name it so.',
  nameIsNone: 'Only letters, digits, “-” and “_”.',
  groupMeans:
    'New recordings of its targets are sealed to the keys of its members. Who is in it lists and opens those that there are, as far as they were sealed to or shared with their key.',
  makeGroup: 'Make the group',
  delete: 'Delete',
  deleteGroup: (group: string) => `Delete ${group}`,
  deleteMeans:
    'Only a group that nothing is for any more can be deleted: no target, no rule of the policy, no open request or grant, and no recording. Its members and their keys stay.',
  deleteIt: 'Delete the group',
  groupDeleted: (group: string) => `The group ${group} is deleted.`,

  disable: (name: string) => `Disable ${name}`,
  disableMeans:
    'At once and for good: every device is revoked with its grants, running sessions end, keys are retired, and places in groups are gone. What they have fetched already stays with them.',
  disableReason: 'For whoever reads the audit log',
  disabled: (name: string, devices: number, sessions: number, retired: number) =>
    `${name} is disabled: ${plural(devices, { one: '# device', other: '# devices' })} revoked, ${plural(sessions, { one: '# running session', other: '# running sessions' })} ended, ${plural(retired, { one: '# key', other: '# keys' })} retired.`,

  breakGlass: 'Break-glass key',
  noBreakGlass: 'There is no break-glass key',
  noBreakGlassMeans: () => (
    <>
      If every reviewer’s key is lost, so are the recordings. An administrator makes one whose shares are with
      custodians, any two of whom open it: <code>sallyport keys break-glass new</code>.
    </>
  ),
  sealed: 'sealed',
  unlockedBy: (name: string) => `unlocked by ${name}`,
  breakGlassFacts: (account: string, time: string) =>
    `For ${account}, since ${time}. New recordings are sealed to it, whatever groups they are for.`,
  putTogether: (time: string) =>
    `It was put together on ${time}; the audit log says why. Make a new one and retire this one.`,
};
