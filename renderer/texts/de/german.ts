import type { Texts } from '../t.ts';
import { alertRules } from './alert-rules.ts';
import { app, capabilities } from './app.ts';
import { approvals } from './approvals.tsx';
import { audit } from './audit.ts';
import { bridge } from './bridge.ts';
import { common } from './common.ts';
import { entities } from './entities.ts';
import { guide } from './guide.ts';
import { insights } from './insights.ts';
import { launcher, policy } from './launcher.ts';
import { live } from './live.tsx';
import { endCauses, lock, lockReasons, recording } from './lock.ts';
import { commandGroups, palette, terminalKeys } from './palette.tsx';
import { places } from './places.ts';
import { roles } from './roles.ts';
import { session, terminal } from './session.tsx';
import { settings } from './settings.tsx';

/** German, with „Sie“. The terms are those of the glossary: grant Freigabe, approve genehmigen, review prüfen, lock sperren. */
export const german: Texts = {
  alertRules,
  app,
  approvals,
  audit,
  bridge,
  capabilities,
  commandGroups,
  common,
  endCauses,
  entities,
  guide,
  insights,
  launcher,
  live,
  lock,
  lockReasons,
  palette,
  places,
  policy,
  recording,
  roles,
  session,
  settings,
  terminal,
  terminalKeys,
};
