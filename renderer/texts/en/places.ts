/** The views as places: their names, and what is done there, for whoever searches by that. */
export const places = {
  launcher: 'Launcher',
  launcherWords: 'home my grants access requests sessions',
  approvals: 'Approvals',
  approvalsWords: 'decide approve deny narrow running sessions revoke suspend live',
  recordings: 'Recordings',
  recordingsWords: 'review replay import evidence',
  keys: 'Keys',
  keysWords: 'recipients identity reviewer groups break-glass shares',
  audit: 'Audit',
  auditWords: 'audit log who did what',
  insights: 'Insights',
  insightsWords: 'plots numbers statistics exposure time to approval revocation alerts',
  admin: 'Admin',
  adminWords: 'targets access policy dry run people accounts groups test connection',
  settings: 'Settings',
  settingsWords: 'preferences theme contrast density font bell notifications keys device language',
};
