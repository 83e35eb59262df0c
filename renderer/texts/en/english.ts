import { app, capabilities } from './app.ts';
import { common } from './common.ts';
import { entities } from './entities.ts';
import { commandGroups, palette, terminalKeys } from './palette.tsx';
import { places } from './places.ts';
import { roles } from './roles.ts';
import { settings } from './settings.tsx';

/** The source of all texts; t.ts takes the shape of every language from it. */
export const english = {
  app,
  capabilities,
  commandGroups,
  common,
  entities,
  palette,
  places,
  roles,
  settings,
  terminalKeys,
};
