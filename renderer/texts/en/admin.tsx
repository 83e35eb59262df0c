import type { ReactNode } from 'react';
import type { PolicyReplayRow } from '../../../contract/access-policy.ts';
import type { TargetKind } from '../../../contract/grant.ts';
import { plural } from '../format.ts';

/** What a server’s administrator looks after: targets, the access policy, people. */
export const admin = {
  about: 'What people may ask for, under which terms, and who they are.',
  part: 'Part',
  targets: 'Targets',
  accessPolicy: 'Access policy',
  people: 'People',
  none: 'none',
  save: 'Save',

  theTargets: 'the targets',
  noTargets: 'There are no targets yet',
  noTargetsMeans:
    'Add the first one: a host or a database that people may ask for, with what is masked there.',
  addTarget: 'Add a target',
  targetFacts: (kind: string, host: ReactNode, accounts: string, most: string) => (
    <>
      {kind} on {host} as {accounts} · at most {most}
    </>
  ),
  forReviewers: (groups: string) => `for reviewers in ${groups}`,
  probing: 'Trying from this machine …',
  answers: 'answers',
  took: (ms: string) => `(${ms} ms)`,
  answersNot: 'does not answer',
  test: 'Test',
  testOf: (name: string) => `Test the connection to ${name}`,
  edit: 'Edit',
  editTarget: (name: string) => `Edit ${name}`,
  enable: 'Enable',
  disableTarget: (name: string) => `Disable ${name}`,
  enableTarget: (name: string) => `Enable ${name}`,
  isDisabled: 'disabled',
  targetDisabledBy: (who: string, reason: string) => `Disabled by ${who}: ${reason}`,
  disableTargetMeans:
    'Nothing new begins there: no request, approval, extension or session. Who asks is told why.',
  enableTargetMeans: 'People may ask for access again. Requests that still wait can be approved.',
  disableTargetReason: 'For whoever asks for access',
  enableTargetReason: 'For whoever reads the audit log',
  revokeToo: 'End running sessions, too: revoke all grants there',

  kindOfTarget: 'Kind of target',
  theTerms: 'the terms of the target',
  terms: 'Terms, as JSON',
  idStays: 'target.id: the id stays; add a new target for another one.',
  noJson: (message: string) => `This is no JSON: ${message}.`,
  noObject: 'This is no target: it has to be an object in braces.',
  credentialBelow: (key: string) => `${key}: the credential is chosen below, not written here.`,
  theWhole: 'the whole',
  addIt: 'Add the target',
  targetSaved: (name: string) =>
    `${name} is saved. Grants that run keep the terms that they were signed with.`,

  credential: 'Credential',
  userName: 'User name',
  password: 'Password',
  memberOf: 'Roles that each made role is a member of',
  memberOfHint: 'Separated by spaces.',
  privileges: 'Privileges of each made account',
  read: 'Read',
  readWrite: 'Read and write rows',
  stored: (what: string) => `Stored: ${what}. Nothing of it is shown.`,
  storedWithHops: (what: string, hops: number) =>
    `Stored: ${what}, and ${plural(hops, { one: '# credential', other: '# credentials' })} of jump hosts. Nothing of it is shown.`,
  noneMeans: 'Whoever connects signs in as their machine lets them.',
  sshCaMeans:
    'Each session gets a certificate that ends with its grant. The host has to trust the server’s authority.',
  passwordMeans: 'Handed to a session host for one session, never to a person.',
  passwordWithHops:
    'Takes the place of everything that is stored, also for jump hosts: those are set with “sallyport admin target”.',
  perGrantMeans: 'The server makes a login for each grant, and takes it away at its end.',

  thePolicy: 'the access policy',
  noPolicy: 'No policy is set',
  noPolicyMeans:
    'The terms of each target decide alone: every operator may ask for every target, one approver decides. Write one below, try it, and start the server with it.',
  inForce: 'in force',
  since: (time: string) => `since ${time}`,
  digest: (begin: string) => `SHA-256 ${begin}…`,
  policy: 'Policy',
  draft: 'Draft',
  rules: 'Rules, as YAML or JSON',
  reading: 'Reading …',
  valid: (rules: number, groups: number) =>
    `Valid: ${plural(rules, { one: '# rule', other: '# rules' })}, ${plural(groups, { one: '# group', other: '# groups' })}`,
  firstRule: 'The first rule that fits decides. What no rule fits is refused.',
  mistakes: (count: number) => plural(count, { one: '# mistake', other: '# mistakes' }),
  line: (line: number) => `Line ${line}`,
  goToLine: (line: number) => `Go to line ${line}`,
  try: 'Try against past requests',
  trying: 'Trying …',
  saveAsFile: 'Save as file',
  beginAgain: 'Begin again',
  backToInForce: 'Back to what is in force',
  putInForce: () => (
    <>
      A policy is put in force where the server runs: replace the file that <code>--policy</code> names. The
      server takes it up within seconds and notes it in the audit log.
    </>
  ),

  nothingToTry: 'There is nothing to try it against',
  nobodyAsked: 'Nobody has asked for access so far.',
  dryRun: 'What would have happened',
  noneOtherWay: (count: number) =>
    `Of ${plural(count, { one: '# past request', other: '# past requests' })}, none would have gone another way.`,
  otherWay: (count: number, changed: string) =>
    `Of ${plural(count, { one: '# past request', other: '# past requests' })}, ${changed} would have gone another way.`,
  dryRunTable: 'Past requests under the draft',
  when: 'When',
  who: 'Who',
  askedFor: 'Asked for',
  was: 'Was',
  wouldBe: 'Would be',
  byRule: 'By rule',
  because: 'Because',
  askedTarget: (target: string, account: string, minutes: string) =>
    `${target} as ${account}, ${minutes} min`,
  askedMore: (target: string, account: string, minutes: string) =>
    `${target} as ${account}, ${minutes} min more`,

  thePeople: 'the people',
  accountsInUse: (count: number) => (
    <>
      {plural(count, { one: '# account', other: '# accounts' })} in use. New ones are made with{' '}
      <code>sallyport admin account NAME --roles …</code>, or by a first sign-in where the server has an
      identity provider.
    </>
  ),
  accounts: 'Accounts',
  name: 'Name',
  roles: 'Roles',
  groups: 'Groups',
  state: 'State',
  change: 'Change',
  inUse: 'in use',
  disabledAt: (time: string) => `disabled ${time}`,
  disable: 'Disable',
};

export const targetKinds = {
  ssh: 'SSH host',
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  redis: 'Redis',
  local: 'Local shell',
} satisfies Record<TargetKind, string>;

/** What the server signs in to a target with. */
export const credentials = {
  keep: 'As it is stored',
  none: 'None',
  'ssh-ca': 'SSH certificates',
  password: 'Password',
  'postgres-admin': 'A role per grant',
  'mariadb-admin': 'An account per grant',
};

/** The same inside a sentence. */
export const storedCredentials = {
  none: 'none',
  'ssh-ca': 'ssh certificates',
  password: 'password',
  'postgres-admin': 'a role per grant',
  'mariadb-admin': 'an account per grant',
};

/** What would have become of a past request under a draft. */
export const policyOutcomes = {
  same: 'the same',
  refused: 'refused',
  undecided: 'undecided still',
  'self-extended': 'extended by the holder alone',
  'other-terms': 'under other terms',
} satisfies Record<PolicyReplayRow['would'], string>;
