import type { Texts } from '../t.ts';
import { app, capabilities } from './app.ts';
import { common } from './common.ts';
import { entities } from './entities.ts';
import { commandGroups, palette, terminalKeys } from './palette.tsx';
import { places } from './places.ts';
import { roles } from './roles.ts';
import { settings } from './settings.tsx';

/** German, with „Sie“. The terms are those of the glossary: grant Freigabe, approve genehmigen, review prüfen, lock sperren. */
export const german: Texts = {
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
