import type { Texts } from '../t.ts';

export const bridge: Texts['bridge'] = {
  unknownForm: request =>
    `Die Antwort auf „${request}“ hatte keine bekannte Form. Laden Sie dieses Fenster neu.`,
  notUnderstood: (request, where) =>
    `Die Antwort auf „${request}“ wurde nicht verstanden (bei „${where}“). Laden Sie dieses Fenster neu.`,
  couldNotAnswer: (request, error) => `Sallyport konnte „${request}“ nicht beantworten: ${error}`,
  lost: 'Die Verbindung zu Sallyport auf diesem Rechner ist unterbrochen. Sie wird von selbst wieder versucht; falls Sallyport neu gestartet wurde, öffnen Sie die neue Adresse, die es ausgegeben hat.',
  noAnswer: request =>
    `Sallyport hat „${request}“ zwei Minuten lang nicht beantwortet. Versuchen Sie es erneut.`,
};
