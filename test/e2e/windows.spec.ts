import { expect } from '@playwright/test';
import { AppWindow } from './pages/app-window.ts';
import { SessionView } from './pages/session-view.ts';
import { test } from './support/fixtures.ts';
import { connectedSession } from './support/granted.ts';

test('a session survives the reload of its tab and can be taken to another window', async ({
  operator,
  approver,
  context,
}) => {
  const session = await connectedSession(operator, approver, {
    target: 'web-01',
    reason: 'Several windows',
    length: '5 min',
  });
  const { terminal } = session;
  await terminal.run('KEPT=value; echo on-""screen', /^on-screen$/m);

  await test.step('reload', async () => {
    await operator.page.reload();
    await operator.actAs('Omar Operator');
    await terminal.shows(/^on-screen$/m);
    await terminal.run('echo reloaded $KEPT', /^reloaded value$/m);
  });

  await test.step('a second window', async () => {
    const second = new AppWindow(await context.newPage());
    await second.page.goto(operator.page.url());
    const there = new SessionView(second.page);
    await there.terminal.shows(/^reloaded value$/m);
    await there.terminal.run('echo second $KEPT', /^second value$/m);

    await operator.page.bringToFront();
    await expect(operator.page.getByText('This session is shown in another window now')).toBeVisible();
    await operator.page.getByRole('button', { name: 'Show it here' }).click();
    await terminal.run('echo first $KEPT', /^first value$/m);
    await expect(second.page.getByText('This session is shown in another window now')).toBeVisible();
    await second.page.close();
  });
  await session.end();
});
