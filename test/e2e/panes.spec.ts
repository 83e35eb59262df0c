import { expect } from '@playwright/test';
import { SessionView } from './pages/session-view.ts';
import { test } from './support/fixtures.ts';
import { connectedSession } from './support/granted.ts';
import { look } from './support/look.ts';

test('several sessions are worked in side by side, each with its own countdown and lock', async ({
  operator,
  approver,
}) => {
  const first = await connectedSession(operator, approver, {
    target: 'This machine',
    reason: 'Side by side',
    length: '10 min',
  });
  const { page } = operator;
  const panes = page.getByTestId('pane');
  const paneAt = (index: number) => new SessionView(page, panes.nth(index));
  const chooser = page.getByTestId('chooser');
  const newSession = chooser.getByRole('button', { name: /^New session on This machine/ }).first();
  const tabs = page.getByRole('navigation', { name: 'Sessions' }).getByRole('link');
  const focused = (index: number) => panes.nth(index).locator('.xterm-helper-textarea');
  await first.terminal.run(`PS1='> '; clear; NAME=left; echo on-""left`, /^on-left$/m);

  await test.step('split by keys, and choose by keys what is shown', async () => {
    await first.terminal.press('Control+Shift+E');
    await expect(chooser).toBeFocused();
    await look(page, 'session-chooser');
    await newSession.press('Enter');
    await expect(focused(1)).toBeFocused();
    await paneAt(1).terminal.run(`PS1='> '; clear; NAME=right; echo on-""right`, /^on-right$/m);
    await page.keyboard.press('Control+Shift+O');
    await newSession.press('Enter');
    await expect(focused(2)).toBeFocused();
    await paneAt(2).terminal.run(`PS1='> '; clear; NAME=below; echo on-""below`, /^on-below$/m);
    await expect(page.getByRole('timer', { name: 'Time left' })).toHaveCount(3);
    await operator.closeMessages();
    await expect(focused(2)).toBeFocused();
    await look(page, 'session-split');
  });

  await test.step('keys move between them, and what is typed goes to the one that has the focus', async () => {
    await page.keyboard.press('Control+Shift+ArrowUp');
    await expect(focused(1)).toBeFocused();
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await expect(focused(0)).toBeFocused();
    await page.keyboard.type('echo typed $NAME\n');
    await paneAt(0).terminal.shows(/^typed left$/m);
    expect(await paneAt(1).terminal.text()).not.toContain('typed');
    await page.keyboard.press('Control+Shift+ArrowRight');
    await expect(focused(1)).toBeFocused();
  });

  await test.step('a divider gives one more room', async () => {
    const divider = page.getByRole('separator', { name: 'Size of the panes' }).last();
    const { terminal } = paneAt(0);
    const columns = async (mark: string) => {
      await terminal.run(`echo ${mark}'=' $(stty size)`, new RegExp(`${mark}= \\d+ \\d+`));
      const [, rows, cols] = new RegExp(`${mark}= (\\d+) (\\d+)`).exec(await terminal.text()) ?? [];
      expect(Number(rows)).toBe(await terminal.rows());
      return Number(cols);
    };
    const before = await columns('before');
    const width = (await terminal.place.boundingBox())?.width ?? 0;
    await divider.focus();
    for (let press = 0; press < 5; press += 1) await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await terminal.place.boundingBox())?.width).toBeGreaterThan(width);
    expect(await columns('after')).toBeGreaterThan(before);
  });

  await test.step('a lock covers its own pane and leaves the focus where one types', async () => {
    await paneAt(1).lock();
    await expect(paneAt(1).cover).toBeVisible();
    await expect(panes.nth(1).getByTestId('terminal')).toBeHidden();
    await expect(paneAt(1).announcement).toContainText('This machine: The session is locked');
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await paneAt(0).terminal.run('echo still-""typing', /^still-typing$/m);
    await paneAt(1).cover.getByRole('button', { name: 'Unlock' }).click();
    await paneAt(1).terminal.run('echo back $NAME', /^back right$/m);
  });

  await test.step('a reload keeps them', async () => {
    await page.reload();
    await operator.actAs('Omar Operator');
    await expect(panes).toHaveCount(3);
    for (const [index, name] of ['left', 'right', 'below'].entries())
      await paneAt(index).terminal.run('echo again $NAME', new RegExp(`^again ${name}$`, 'm'));
  });

  await test.step('closing asks before it ends a session', async () => {
    const question = page.getByRole('alertdialog', { name: 'End the session on This machine?' });
    await paneAt(2).terminal.press('Control+Shift+X');
    await question.getByRole('button', { name: 'Go back' }).click();
    await expect(panes).toHaveCount(3);
    await paneAt(2).terminal.press('Control+Shift+X');
    await look(page, 'session-close');
    await question.getByRole('button', { name: 'Keep it in its own tab' }).click();
    await expect(panes).toHaveCount(2);
    await expect(tabs).toHaveCount(3);
    await paneAt(1).terminal.press('Control+Shift+X');
    await question.getByRole('button', { name: 'End session' }).click();
    await expect(tabs).toHaveCount(2);
    await expect(panes).toHaveCount(1);
    await paneAt(0).terminal.run('echo alone $NAME', /^alone left$/m);
    await tabs.nth(1).click();
    await paneAt(0).terminal.run('echo kept $NAME', /^kept below$/m);
  });
});
