/** What many views say, and the parts that they are made of. */
export const common = {
  cancel: 'Cancel',
  refresh: 'Refresh',
  retry: 'Try again',
  choose: 'Choose',
  reason: 'Reason',
  standsInLog: 'Stands in the audit log.',
  loading: (what: string) => `Loading ${what}…`,
  notLoaded: (what: string) => `Could not load ${what}`,
  asTable: 'As a table',
  nothing: 'nothing',
  justNow: 'just now',
};
