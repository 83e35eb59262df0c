import type { Texts } from '../t.ts';
import { app } from './app.tsx';
import { common } from './common.ts';
import { entities } from './entities.ts';
import { places } from './places.ts';
import { settings } from './settings.tsx';

/** German, with „Sie“. The terms are those of the glossary: grant Freigabe, approve genehmigen, review prüfen, lock sperren. */
export const german: Texts = { app, common, entities, places, settings };
