import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { german } from '../../renderer/texts/de/german.ts';
import { english } from '../../renderer/texts/en/english.ts';
import type { AppWindow } from './pages/app-window.ts';
import { test } from './support/fixtures.ts';
import { connectedSession } from './support/granted.ts';
import { glance } from './support/look.ts';

/** Texts of a catalogue without parameters, those of nested records too. */
function textsOf(catalogue: object): string[] {
  return Object.values(catalogue).flatMap(text =>
    typeof text === 'string' ? [text] : typeof text === 'object' && text !== null ? textsOf(text) : [],
  );
}

const GERMAN = new Set(textsOf(german));
const ENGLISH_ONLY = new Set(textsOf(english).filter(text => !GERMAN.has(text)));

/** Headings, buttons, labels, badges and names that stand there in English though the catalogue has German for them. */
async function leftInEnglish(page: Page): Promise<string[]> {
  const said = await page
    .locator('h1, h2, h3, button, a, label, legend, dt, th, summary, p, .badge, [aria-label], [placeholder]')
    .evaluateAll(elements =>
      elements.flatMap(element => [
        element.textContent ?? '',
        element.getAttribute('aria-label') ?? '',
        element.getAttribute('placeholder') ?? '',
      ]),
    );
  return [...new Set(said.map(text => text.trim()).filter(text => ENGLISH_ONLY.has(text)))];
}

/** As German, readable to everybody, and not cut off where the window is narrow. */
async function expectGerman(page: Page, view: string): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  expect.soft(await leftInEnglish(page), view).toEqual([]);
  await glance(page, `de-${view}`);
}

/** Every view of the rail, by its German name. */
async function walk({ page }: AppWindow, who: string, views: number): Promise<void> {
  await page.bringToFront();
  const places = page.getByRole('navigation', { name: german.app.views }).getByRole('link');
  await expect(places).toHaveCount(views);
  for (const place of await places.all()) {
    await place.click();
    const view = (await page.locator('main').getAttribute('data-view')) ?? '';
    // safe: the views of the rail are the keys of the places
    const name = german.places[view as keyof typeof german.places];
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(page.getByRole('status').filter({ has: page.locator('.spinner') })).toHaveCount(0);
    await expectGerman(page, `${view}-${who}`);
  }
}

test('every view speaks German as soon as it is chosen, and after the window was opened again', async ({
  operator,
  approver,
  reviewer,
  administrator,
}) => {
  const { page } = operator;
  const session = await connectedSession(operator, approver, {
    target: 'shop',
    reason: 'Kundin fragt nach ihrer Bestellung',
    length: '10 min',
  });
  await operator.goTo('Settings');
  await page.getByText('Deutsch', { exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Einstellungen' })).toBeVisible();
  await walk(operator, 'operator', 2);
  await page.getByRole('navigation', { name: german.session.sessions }).getByRole('link').last().click();
  await expect(page.getByRole('button', { name: german.session.lock })).toBeVisible();
  await expectGerman(page, 'session');
  await page.getByRole('button', { name: german.session.lock }).click();
  await expect(session.cover).toContainText(german.lockReasons.operator.title);
  await expectGerman(page, 'cover');

  for (const [window, who, views] of [
    [approver, 'approver', 4],
    [reviewer, 'reviewer', 6],
    [administrator, 'administrator', 7],
  ] as const) {
    await window.page.reload();
    await walk(window, who, views);
  }
  await session.cover.getByRole('button', { name: german.session.endSession }).click();
  await expect(session.ended).toContainText(german.recording.uploadedMeans, { timeout: 30_000 });
  await expectGerman(page, 'ended');

  await test.step('the player of what was recorded', async () => {
    await reviewer.page.bringToFront();
    // a recording is called as its session
    await reviewer.page.goto(page.url().replace('#/session/', '#/recordings/'));
    await expect(reviewer.page.getByTestId('verification')).toBeVisible({ timeout: 30_000 });
    await expectGerman(reviewer.page, 'player');
  });
});
