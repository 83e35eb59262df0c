import { plural } from '../format.ts';
import type { Texts } from '../t.ts';

export const settings: Texts['settings'] = {
  title: 'Einstellungen',
  about: 'Im eigenen Speicher dieses Fensters abgelegt, sofort wirksam.',
  reset: 'Alles zurücksetzen',
  wasReset: 'Alles ist wieder wie am Anfang.',

  appearance: 'Darstellung',
  language: 'Sprache',
  languageHint: 'Dieses Fensters. Meldungen des Servers und Befehle bleiben englisch.',
  theme: 'Farbschema',
  contrast: 'Kontrast',
  contrastHint: 'Hoch: mindestens 7:1 für jeden Text, und Linien statt Tönungen.',
  density: 'Dichte',
  singleKeys: 'Kürzel aus einer Taste',
  singleKeysHint:
    'Tasten wie ?, die überall im Fenster wirken. Ausgeschaltet hilft es Menschen, die ihren Rechner mit der Stimme bedienen.',
  useSingleKeys: 'Einzelne Tasten verwenden',
  system: 'System',
  dark: 'Dunkel',
  light: 'Hell',
  usual: 'Normal',
  high: 'Hoch',
  comfortable: 'Bequem',
  compact: 'Kompakt',

  terminals: 'Terminals',
  font: 'Schrift',
  fontHint: 'Name einer Festbreitenschrift auf diesem Rechner. Leer: die übliche.',
  fontIsNone: 'Der Name einer Schrift enthält keine Anführungszeichen, Klammern oder Semikolons.',
  fontSize: 'Schriftgröße',
  fontSizeHint: (least, most) => `${least} bis ${most} Pixel.`,
  fontSample: 'Schriftprobe',
  bell: 'Signal',
  bellFlash: 'Blinken',
  bellSound: 'Ton',
  bellNone: 'Nichts',
  scrollback: 'Zeilenspeicher',
  scrollbackHint:
    'Fest: Die Maskierung folgt den Zeilen des Terminals einzeln, und beide müssen gleich viele behalten.',
  lines: count => plural(count, { one: '# Zeile', other: '# Zeilen' }),
  screenReaders: 'Screenreader',
  screenReadersHint: 'Eine zugängliche Kopie dessen, was das Terminal zeigt, ebenso maskiert.',
  readTerminals: 'Terminals für Screenreader vorlesbar machen',

  notifications: 'Benachrichtigungen',
  tellRequest: 'Eine Anfrage wartet auf eine Entscheidung',
  tellDecision: 'Über eine Anfrage von mir wurde entschieden',
  tellCountdown: 'Eine Sitzung von mir endet bald',
  tellAlert: 'Eine laufende Sitzung hat einen Alarm ausgelöst',
  nothingToTell:
    'Für die Rollen dieses Kontos gibt es nichts, was nicht warten kann, bis das Fenster offen ist.',
  toldWhen:
    'Gemeldet, solange das Fenster nicht im Vordergrund ist. Genannt werden Personen und Ziele, nie Begründungen oder Inhalte einer Sitzung.',
  off: 'Aus',
  askedOnce: 'Der Browser fragt Sie einmal, ob diese Seite Sie benachrichtigen darf.',
  allow: 'Benachrichtigungen erlauben',
  blocked:
    'Der Browser blockiert Benachrichtigungen dieser Seite. Erlauben Sie sie in den Einstellungen des Browsers für diese Adresse, und kommen Sie dann hierher zurück.',
  unsupported: 'Dieser Browser kennt keine Benachrichtigungen für Seiten unter dieser Adresse.',

  devicesOf: name => `Geräte von ${name}`,
  devices: 'Geräte',
  yourDevices: 'Ihre Geräte',
  thisOne: 'dieses',
  revokedAt: time => `widerrufen ${time}`,
  enrolledAt: (time, id) => (
    <>
      registriert {time} · {id}
    </>
  ),
  revoke: 'Widerrufen',
  revokeDevice: name => `${name} widerrufen`,
  otherKey: keysLink => <>Der Schlüssel, der Aufzeichnungen öffnet, ist ein anderer: siehe {keysLink}.</>,
  isRevoked: name => `${name} ist widerrufen.`,
  revokeMeans:
    'Seine Freigaben enden, seine Sitzungen werden gesperrt und beendet, und es kann sich nie wieder anmelden.',
  revokeReasons: 'Verloren, verkauft, ersetzt …',
  revokeNow: 'Gerät widerrufen',
};
