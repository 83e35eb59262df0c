import type { Texts } from '../t.ts';
import { app, capabilities } from './app.ts';
import { approvals } from './approvals.tsx';
import { bridge } from './bridge.ts';
import { common } from './common.ts';
import { entities } from './entities.ts';
import { guide } from './guide.ts';
import { launcher, policy } from './launcher.ts';
import { commandGroups, palette, terminalKeys } from './palette.tsx';
import { places } from './places.ts';
import { roles } from './roles.ts';
import { settings } from './settings.tsx';

/** German, with „Sie“. The terms are those of the glossary: grant Freigabe, approve genehmigen, review prüfen, lock sperren. */
export const german: Texts = {
  app,
  approvals,
  bridge,
  capabilities,
  commandGroups,
  common,
  entities,
  guide,
  launcher,
  palette,
  places,
  policy,
  roles,
  settings,
  terminalKeys,
};
