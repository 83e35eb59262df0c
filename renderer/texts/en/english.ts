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

/** The source of all texts; t.ts takes the shape of every language from it. */
export const english = {
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
