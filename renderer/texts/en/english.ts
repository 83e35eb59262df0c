import { app } from './app.tsx';
import { common } from './common.ts';
import { entities } from './entities.ts';
import { places } from './places.ts';
import { settings } from './settings.tsx';

/** The source of all texts; t.ts takes the shape of every language from it. */
export const english = { app, common, entities, places, settings };
