import { expect } from '@playwright/test';
import { Approvals } from './pages/approvals.ts';
import { Launcher } from './pages/launcher.ts';
import type { SessionView } from './pages/session-view.ts';
import { test } from './support/fixtures.ts';
import { connectedSession } from './support/granted.ts';

test('a lock covers the screen and gives it back: by the operator, by the approver', async ({
  operator,
  approver,
}) => {
  const session = await connectedSession(operator, approver, {
    target: 'web-01',
    reason: 'Away from the desk',
    length: '5 min',
  });
  const { terminal } = session;
  await terminal.run('KEPT=value; echo on-""screen', /^on-screen$/m);

  await test.step('the operator locks and unlocks', async () => {
    await session.lock();
    await expect(session.cover).toContainText('You locked this session');
    expect(await session.everything()).not.toContain('on-screen');
    await session.cover.getByRole('button', { name: 'Unlock' }).click();
    await expectSameShell(session, 'first');
  });

  await test.step('the approver suspends and resumes', async () => {
    const approvals = new Approvals(approver.page);
    await approvals.suspend('web-01');
    await expect(session.cover).toContainText('An approver suspended this session');
    await expect(session.cover.getByRole('button', { name: 'Unlock' })).toBeHidden();
    expect(await session.everything()).not.toContain('on-screen');
    await expect(approvals.running('web-01')).toContainText('locked');
    await approvals.resume('web-01');
    await expectSameShell(session, 'second');
  });

  await test.step('the operator ends it', async () => {
    await session.end();
    await expect(session.ended).toContainText('You ended it');
    await session.ended.getByRole('button', { name: 'Back to the launcher' }).click();
    await expect(new Launcher(operator.page).recentSessions.first()).toContainText('You ended it');
  });
});

test('an extension lets the running session go on, before the end and after it', async ({
  operator,
  approver,
}) => {
  const session = await connectedSession(operator, approver, {
    target: 'web-01',
    reason: 'Longer than thought',
    length: '20s',
  });
  const launcher = new Launcher(operator.page);
  const approvals = new Approvals(approver.page);
  const extension = approvals.request('Longer than thought');
  await session.terminal.run('KEPT=value; echo on-""screen', /^on-screen$/m);

  await test.step('after zero it reopens from under the cover', async () => {
    await expect(session.cover).toContainText('The time of this grant is over', { timeout: 30_000 });
    await session.cover.getByRole('button', { name: 'Ask for an extension' }).click();
    await launcher.askForMore('40s');
    await expect(session.cover).toContainText('An extension by 40 seconds is asked for');
    await expect(extension).toContainText('extension of a running grant');
    await approvals.approve('Longer than thought');
    await expectSameShell(session, 'first');
  });

  await test.step('before zero the countdown grows', async () => {
    expect(await session.secondsLeft()).toBeLessThanOrEqual(40);
    await session.extend();
    await launcher.askForMore('10 min');
    await approvals.approve('Longer than thought');
    await expect.poll(() => session.secondsLeft()).toBeGreaterThan(500);
    await expectSameShell(session, 'second');
  });
  await session.end();
});

/** The screen is as it was, and the shell still knows what it was told: nothing was connected anew. */
async function expectSameShell({ terminal }: SessionView, mark: string): Promise<void> {
  await expect(terminal.place).toBeVisible({ timeout: 20_000 });
  await terminal.shows(/^on-screen$/m);
  await terminal.run(`echo ${mark} $KEPT`, new RegExp(`^${mark} value$`, 'm'));
}
