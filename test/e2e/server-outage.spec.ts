import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { connectedSession } from './support/granted.ts';

test('a server that falls silent locks the session when the lease is over, and reopens it when it answers', async ({
  operator,
  approver,
  demo,
}) => {
  const session = await connectedSession(operator, approver, {
    target: 'web-01',
    reason: 'The server goes away',
    length: '5 min',
  });
  const { terminal } = session;
  await terminal.run('KEPT=value; echo on-""screen', /^on-screen$/m);

  const halted = demo.haltServer();
  try {
    await expect(session.cover).toContainText('The server has not confirmed your access', {
      timeout: 30_000,
    });
    await expect(
      operator.page.getByRole('status').filter({ hasText: 'The server is out of reach' }),
    ).toBeVisible({
      timeout: 20_000,
    });
    expect(await session.everything()).not.toContain('on-screen');
  } finally {
    halted.resume();
  }
  await expect(terminal.place).toBeVisible({ timeout: 30_000 });
  await terminal.shows(/^on-screen$/m);
  await terminal.run('echo again $KEPT', /^again value$/m);
  await expect(operator.page.getByText('The server is out of reach')).toBeHidden();
  await session.end();
});
