import { expect, test } from 'vitest';
import type { LinkView } from '../../contract/link.ts';
import type { TraySession } from './tray-menu.ts';
import { ENGLISH, shellTexts } from './shell-texts.ts';
import { trayMenu, trayToolTip } from './tray-menu.ts';

const session = (target: string, minutes: number, phase: TraySession['phase'] = 'granted') =>
  ({ sessionId: `ses_${target}`, target, phase, leftMs: minutes * 60_000 }) as TraySession;

function opened(sessions: readonly TraySession[], texts = ENGLISH) {
  const done: (LinkView | string | null)[] = [];
  const menu = trayMenu(
    sessions,
    {
      show: link => void done.push(link),
      lockAll: () => void done.push('locked'),
      quit: () => void done.push('quit'),
    },
    texts,
  );
  // Electron gives a click arguments that nothing here reads.
  const click = (label: RegExp) => (menu.find(item => label.test(item.label ?? ''))?.click as () => void)();
  return { menu, click, done };
}

test('without a session there is nothing to lock', () => {
  const { menu } = opened([]);
  expect(menu.find(({ label }) => label === 'No session is running')?.enabled).toBe(false);
  expect(menu.find(({ label }) => label === 'Lock every session')?.enabled).toBe(false);
  expect(trayToolTip([], ENGLISH)).toBe('Sallyport');
});

test('each session stands there with its time, and leads to it', () => {
  const { menu, click, done } = opened([session('shop', 12), session('web-01', 3, 'locked')]);
  expect(menu.map(({ label }) => label)).toEqual(
    expect.arrayContaining(['shop: ends in 12 minutes', 'web-01: locked']),
  );
  click(/^shop/);
  click(/^Lock/);
  click(/^Open/);
  click(/^Quit/);
  expect(done).toEqual([{ view: 'session', id: 'ses_shop' }, 'locked', null, 'quit']);
});

test('what is locked already needs no lock', () => {
  const { menu } = opened([session('shop', 5, 'locked')]);
  expect(menu.find(({ label }) => label === 'Lock every session')?.enabled).toBe(false);
});

test.each([
  [0, 'within a minute'],
  [1, 'within a minute'],
  [1.1, 'in 2 minutes'],
  [119, 'in 119 minutes'],
  [121, 'in 2 hours'],
])('with %i minutes left it ends %s', (minutes, words) => {
  expect(trayToolTip([session('shop', minutes)], ENGLISH)).toBe(`Sallyport: one session, shop ends ${words}`);
});

test('of several, the one that ends first is named', () => {
  expect(trayToolTip([session('shop', 50), session('web-01', 20)], ENGLISH)).toBe(
    'Sallyport: 2 sessions, web-01 ends in 20 minutes',
  );
});

test.each([
  [['de-AT', 'en'], 'shop: endet in 12 Minuten', 'Sallyport: eine Sitzung, shop endet in 12 Minuten'],
  [['fr-FR', 'de'], 'shop: endet in 12 Minuten', 'Sallyport: eine Sitzung, shop endet in 12 Minuten'],
  [['en-US', 'de'], 'shop: ends in 12 minutes', 'Sallyport: one session, shop ends in 12 minutes'],
  [['fr-FR'], 'shop: ends in 12 minutes', 'Sallyport: one session, shop ends in 12 minutes'],
])('a system that speaks %j reads “%s”', (languages, entry, toolTip) => {
  const texts = shellTexts(languages);
  const sessions = [session('shop', 12)];
  expect(opened(sessions, texts).menu.map(({ label }) => label)).toContain(entry);
  expect(trayToolTip(sessions, texts)).toBe(toolTip);
});
