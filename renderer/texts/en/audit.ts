import { plural } from '../format.ts';

export const audit = {
  about: 'Who did what, when and why. Each entry seals the one before it by its hash.',
  theLog: 'the audit log',
  empty: 'The log is empty',
  emptyMeans: 'Requests, decisions, sessions and reviews are written here as they happen.',
  find: 'Find',
  findBy: 'Person, action, target …',
  entries: (count: number) => plural(count, { one: '# entry', other: '# entries' }),
  list: 'Audit entries',
  number: 'No.',
  when: 'When',
  who: 'Who',
  did: 'Did',
  to: 'To',
  details: 'Details',
  hash: 'Hash',
};
