import { admin, credentials, policyOutcomes, storedCredentials, targetKinds } from './admin.tsx';
import { alertRules } from './alert-rules.ts';
import { app, capabilities } from './app.ts';
import { approvals } from './approvals.tsx';
import { audit } from './audit.ts';
import { bridge } from './bridge.ts';
import { common } from './common.ts';
import {
  comments,
  decisionMeanings,
  decisionNames,
  decisions,
  decisionsDone,
  keeping,
} from './decisions.tsx';
import { entities } from './entities.ts';
import { guide } from './guide.ts';
import { insights } from './insights.ts';
import { keys } from './keys.tsx';
import { launcher, policy } from './launcher.ts';
import { live } from './live.tsx';
import { endCauses, lock, lockReasons, recording } from './lock.ts';
import { commandGroups, palette, terminalKeys } from './palette.tsx';
import { places } from './places.ts';
import {
  lanes,
  markKinds,
  markTips,
  player,
  playerKeys,
  verdicts,
  verification,
  verificationProblems,
} from './player.ts';
import { maskMethods, maskRules, reasons } from './reasons.ts';
import { exportFormats, exportMeanings, imports, review, reviewFilters, sortOrders } from './review.tsx';
import { roles } from './roles.ts';
import { session, terminal } from './session.tsx';
import { settings } from './settings.tsx';

/** The source of all texts; t.ts takes the shape of every language from it. */
export const english = {
  admin,
  alertRules,
  app,
  approvals,
  audit,
  bridge,
  capabilities,
  commandGroups,
  comments,
  common,
  credentials,
  decisionMeanings,
  decisionNames,
  decisions,
  decisionsDone,
  endCauses,
  entities,
  exportFormats,
  exportMeanings,
  guide,
  imports,
  insights,
  keeping,
  keys,
  lanes,
  launcher,
  live,
  lock,
  lockReasons,
  markKinds,
  markTips,
  maskMethods,
  maskRules,
  palette,
  places,
  player,
  playerKeys,
  policy,
  policyOutcomes,
  reasons,
  recording,
  review,
  reviewFilters,
  roles,
  session,
  settings,
  sortOrders,
  storedCredentials,
  targetKinds,
  terminal,
  terminalKeys,
  verdicts,
  verification,
  verificationProblems,
};
