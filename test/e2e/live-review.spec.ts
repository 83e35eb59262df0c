import { expect } from '@playwright/test';
import { LiveView } from './pages/live-view.ts';
import { Player } from './pages/player.ts';
import { test } from './support/fixtures.ts';
import { connectedSession } from './support/granted.ts';
import { look } from './support/look.ts';
import { CUSTOMERS, expectMaskedRows, expectNoPersonalData } from './support/personal-data.ts';

test('a running session is watched live, then its recording is commented on and flagged', async ({
  operator,
  approver,
  reviewer,
}) => {
  const session = await connectedSession(operator, approver, {
    target: 'shop',
    reason: 'What a reviewer watches',
    length: '10 min',
  });
  const { page } = reviewer;

  await test.step('the reviewer sees what the operator sees, masked, and the operator is told', async () => {
    await reviewer.goTo('Recordings');
    const live = new LiveView(page);
    await live.open('shop');
    await operator.page.bringToFront();
    await session.terminal.run('\\pset pager off', /Pager usage is off/);
    await session.terminal.run(CUSTOMERS.command, CUSTOMERS.done);
    await expect(session.bar).toContainText('Rita Reviewer');
    await page.bringToFront();
    await expect.poll(() => live.text(), { timeout: 20_000 }).toMatch(CUSTOMERS.done);
    expectMaskedRows(await live.text(), CUSTOMERS);
    expectNoPersonalData(await page.content());
    await expect(page.getByTestId('live-check')).toContainText('Checked from the start');
    await look(page, 'live');
  });

  await test.step('at the end it becomes the finished replay', async () => {
    await operator.page.bringToFront();
    await session.end();
    await page.bringToFront();
    await expect(new Player(page).verification).toBeVisible({ timeout: 30_000 });
  });

  const player = new Player(page);
  await test.step('a comment stands at its moment', async () => {
    await player.standAtStart();
    await player.comment('Why all of them?');
    await expect(player.comments).toContainText('Why all of them?');
    await expect(player.comments).toContainText('Rita Reviewer');
  });

  await test.step('a flag needs a reason, and stands', async () => {
    await player.decide('Flagged', 'Too many rows for one refund');
    await expect(reviewer.message('The decision is saved')).toBeVisible();
    await expect(page.getByText('Too many rows for one refund')).toBeVisible();
    await reviewer.closeMessages();
    await look(page, 'player-comment');
  });
});
