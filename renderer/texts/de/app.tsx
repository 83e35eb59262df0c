import type { Texts } from '../t.ts';

export const app: Texts['app'] = {
  doesNotAnswer: 'Sallyport antwortet nicht',
  reachingMain: 'Verbindung zu Sallyport auf diesem Rechner …',
};
