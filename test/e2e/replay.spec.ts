import { expect } from '@playwright/test';
import { Player } from './pages/player.ts';
import { test } from './support/fixtures.ts';
import { connectedSession } from './support/granted.ts';
import { look } from './support/look.ts';
import { CUSTOMERS } from './support/personal-data.ts';

test('a recording is gone through by commands, by search and by links to moments', async ({
  operator,
  approver,
  reviewer,
  administrator,
}) => {
  const session = await connectedSession(operator, approver, {
    target: 'shop',
    reason: 'Which customers wrote to us',
    length: '10 min',
  });
  await session.terminal.run('\\pset pager off', /Pager usage is off/);
  await session.terminal.run(CUSTOMERS.command, CUSTOMERS.done);
  await session.terminal.run('SELECT 40 + 2 AS answer;', /^ +42$/m);
  await session.end();

  const { page } = reviewer;
  await page.bringToFront();
  await reviewer.goTo('Recordings');
  const player = new Player(page);
  await player.open('shop');
  await player.standAtStart();

  await test.step('statements are chapters', async () => {
    await page.getByRole('radio', { name: 'Commands' }).click();
    const chapters = page.getByRole('region', { name: 'Commands and statements' }).getByRole('button');
    await expect(chapters).toHaveCount(3);
    await expect(chapters.nth(1)).toContainText(CUSTOMERS.command);
    await chapters.nth(2).click();
    await expect(chapters.nth(2)).toHaveAttribute('aria-current', 'step');
    await player.replay.press('[');
    await expect(chapters.nth(1)).toHaveAttribute('aria-current', 'step');
    await look(page, 'player-commands');
  });

  await test.step('a search lands on the moment at which the text stands', async () => {
    await player.replay.press('/');
    const field = page.getByRole('searchbox', { name: 'Search in the recording' });
    await expect(field).toBeFocused();
    await field.fill('answer');
    await field.press('Enter');
    const hits = page.getByRole('list', { name: 'Hits' }).getByRole('button');
    await expect(hits).toHaveCount(2, { timeout: 20_000 });
    await hits.nth(1).click();
    await expect.poll(() => player.text()).toContain('answer');
    await player.replay.press('N');
    await expect(hits.first()).toHaveAttribute('aria-current', 'step');
    await expect.poll(() => player.text()).toMatch(/AS answer/);
    expect(await player.text()).not.toMatch(/^ +42$/m);
    await look(page, 'player-search');
    await field.fill('no such words');
    await field.press('Enter');
    await expect(page.getByText('Nothing found')).toBeVisible();
  });

  await test.step('a link leads back to the moment', async () => {
    await player.replay.press('End');
    await player.replay.press('ArrowLeft');
    await player.replay.press('l');
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(/#\/recordings\/[^?]+\?at=[\d.]+$/);
    const atMs = Number(/at=([\d.]+)$/.exec(link)?.[1]) * 1000;
    await page.goto(link);
    await player.replay.press('Home');
    await page.goto(link.replace(/at=.*/, `at=${((atMs - 1) / 1000).toFixed(3)}`));
    await expect.poll(async () => Math.abs((await player.positionMs()) - atMs)).toBeLessThan(100);
    await expect(player.controls.getByRole('button', { name: 'Play' })).toBeVisible();
  });

  await test.step('what is on the screen is copied as it is shown', async () => {
    await player.replay.press('End');
    await expect.poll(() => player.text()).toContain('answer');
    await player.replay.press('c');
    await expect(page.getByText('Copied, as it is shown.').first()).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('answer');
  });

  await test.step('all keys are told', async () => {
    await reviewer.closeMessages();
    await player.replay.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('next command');
    await look(page, 'shortcuts');
    await page.keyboard.press('Escape');
  });

  await test.step('once it is reviewed, an administrator deletes it, and a signed tombstone stays', async () => {
    await player.decide('Reviewed', 'As the ticket says');
    await expect(reviewer.message('The decision is saved')).toBeVisible();
    const { page: office } = administrator;
    await office.bringToFront();
    await office.goto(`/#/recordings/${/recordings\/([^?/]+)/.exec(page.url())?.[1]}`);
    const keeping = new Player(office).keeping;
    await keeping.getByRole('button', { name: 'Delete' }).click();
    const dialog = office.getByRole('dialog', { name: 'Delete this recording' });
    const confirm = dialog.getByRole('button', { name: 'Delete for good' });
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('The ticket is closed');
    await expect(confirm).toBeDisabled();
    await look(office, 'delete-recording');
    await dialog.getByText('I know that nobody can bring it back').click();
    await confirm.click();
    await expect(office.getByText('signed by the server')).toBeVisible({ timeout: 30_000 });
    await expect(office.getByText('The ticket is closed')).toBeVisible();
    await look(office, 'tombstone');
    await page.bringToFront();
    await expect(page.getByText('This recording was deleted')).toBeVisible({ timeout: 30_000 });
  });
});
