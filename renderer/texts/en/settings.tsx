import type { ReactNode } from 'react';
import { plural } from '../format.ts';

export const settings = {
  title: 'Settings',
  about: 'Kept in this window’s own storage, and in force at once.',
  reset: 'Reset all',
  wasReset: 'Everything is as it was at first.',

  appearance: 'Appearance',
  language: 'Language',
  languageHint: 'Of this window. Messages of the server and commands stay in English.',
  theme: 'Theme',
  contrast: 'Contrast',
  contrastHint: 'High: at least 7:1 for every text, and lines in place of washes.',
  density: 'Density',
  singleKeys: 'Single-key shortcuts',
  singleKeysHint:
    'Keys such as ? that act anywhere in the window. Off helps those who speak to their machine.',
  useSingleKeys: 'Use single keys',
  system: 'System',
  dark: 'Dark',
  light: 'Light',
  usual: 'Usual',
  high: 'High',
  comfortable: 'Comfortable',
  compact: 'Compact',

  terminals: 'Terminals',
  font: 'Font',
  fontHint: 'The name of a fixed-width font on this machine. Empty: the usual one.',
  fontIsNone: 'A font’s name has no quotes, brackets or semicolons.',
  fontSize: 'Font size',
  fontSizeHint: (least: string, most: string) => `${least} to ${most} pixels.`,
  fontSample: 'Sample of the font',
  bell: 'Bell',
  bellFlash: 'Flash',
  bellSound: 'Sound',
  bellNone: 'Nothing',
  scrollback: 'Scrollback',
  scrollbackHint: 'Fixed: masking follows the terminal’s lines one by one, and both have to keep the same.',
  lines: (count: number) => plural(count, { one: '# line', other: '# lines' }),
  screenReaders: 'Screen readers',
  screenReadersHint: 'An accessible copy of what the terminal shows, masked as it is.',
  readTerminals: 'Read terminals out to screen readers',

  notifications: 'Notifications',
  tellRequest: 'A request waits for a decision',
  tellDecision: 'A request of mine was decided',
  tellCountdown: 'A session of mine ends soon',
  tellAlert: 'A running session raised an alert',
  nothingToTell: 'This account’s roles have nothing that cannot wait until the window is open.',
  toldWhen:
    'Told while the window is not in front. They name people and targets, never reasons or what a session shows.',
  off: 'Off',
  askedOnce: 'The browser asks you once whether this page may notify you.',
  allow: 'Allow notifications',
  blocked:
    'The browser blocks notifications of this page. Allow them in the browser’s settings for this address, then come back here.',
  unsupported: 'This browser has no notifications for pages at this address.',

  devicesOf: (name: string) => `Devices of ${name}`,
  devices: 'Devices',
  yourDevices: 'your devices',
  thisOne: 'this one',
  revokedAt: (time: string) => `revoked ${time}`,
  enrolledAt: (time: string, id: ReactNode) => (
    <>
      enrolled {time} · {id}
    </>
  ),
  revoke: 'Revoke',
  revokeDevice: (name: string) => `Revoke ${name}`,
  otherKey: (keysLink: ReactNode) => <>The key that opens recordings is another one: see {keysLink}.</>,
  isRevoked: (name: string) => `${name} is revoked.`,
  revokeMeans: 'Its grants end, its sessions are locked and ended, and it can never sign in again.',
  revokeReasons: 'Lost, sold, replaced …',
  revokeNow: 'Revoke the device',
};
