import { expect } from '@playwright/test';
import { Approvals } from './pages/approvals.ts';
import { Launcher } from './pages/launcher.ts';
import { Player } from './pages/player.ts';
import { test } from './support/fixtures.ts';
import { connectedSession } from './support/granted.ts';
import { look } from './support/look.ts';
import { CUSTOMERS, expectNoPersonalData } from './support/personal-data.ts';

test.describe('every view, in both themes and sizes, without serious accessibility violations', () => {
  test('for the operator: launcher, request, session, lock, end', async ({ operator, approver }) => {
    const { page } = operator;
    const launcher = new Launcher(page);
    const approvals = new Approvals(approver.page);
    await page.bringToFront();
    await test.step('the palette finds a target by a few letters, and leads into its request', async () => {
      await page.keyboard.press('Control+K');
      await look(page, 'palette');
      await page.keyboard.press('Escape');
      await operator.command('rqshop', 'Request access to shop');
      const form = page.getByRole('dialog', { name: 'Request access' });
      await expect(form.getByRole('combobox', { name: 'Target' })).toHaveValue(/^shop /);
      await page.keyboard.press('Escape');
      await expect(form).toBeHidden();
    });
    await launcher.request({ target: 'shop', reason: 'Curious about prices', length: '1h' });
    await approver.goTo('Approvals');
    await approvals.deny('Curious about prices', 'Please ask with a ticket');
    await page.bringToFront();
    await launcher.request({
      target: 'web-01',
      reason: 'Rotate the logs',
      length: '30 min',
      ticket: 'OPS-31',
    });
    const session = await connectedSession(operator, approver, {
      target: 'shop',
      reason: 'Refund of order 100012 is stuck',
      length: '25 min',
    });

    await session.terminal.shows(/shop=> ?$/m);
    await session.terminal.run('\\pset pager off', /Pager usage is off/);
    await session.terminal.run('\\! clear', /^shop=> ?$/m);
    await session.terminal.run(CUSTOMERS.command, CUSTOMERS.done);
    await expect.poll(() => session.masked()).toBeGreaterThanOrEqual(80);
    await operator.closeMessages();
    await look(page, 'session');

    await session.bar.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('searchbox', { name: 'Search in the terminal' }).fill('example');
    await look(page, 'session-search');
    await page.getByRole('button', { name: 'Close search' }).click();

    await page.getByTestId('masked').click();
    await expect(page.getByRole('heading', { name: 'Why was this masked?' })).toBeVisible();
    await look(page, 'session-masked');
    await page.keyboard.press('Escape');

    await test.step('in the terminal, Ctrl+K is the program’s and the palette has a chord of its own', async () => {
      await session.terminal.focus();
      await page.keyboard.press('Control+K');
      await expect(page.getByRole('combobox', { name: /^Find a view/ })).toBeHidden();
      await operator.command('lock shop', 'Lock session shop');
    });
    await expect(session.cover).toBeVisible();
    await look(page, 'lock-cover');

    await operator.goTo('Launcher');
    await look(page, 'launcher');
    await page.getByRole('button', { name: 'Request access' }).click();
    const dialog = page.getByRole('dialog', { name: 'Request access' });
    await dialog.getByRole('combobox', { name: 'Target' }).fill('shop');
    await page.getByRole('option', { name: 'shop' }).click();
    await look(page, 'request');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();

    await launcher.grant('Refund of order 100012').getByRole('button', { name: 'Go to session' }).click();
    await session.cover.getByRole('button', { name: 'End session' }).click();
    await expect(session.ended).toContainText('Complete, signed and on the server', { timeout: 30_000 });
    await look(page, 'ended');
  });

  test('for the approver: queue with a running session, menus', async ({ operator, approver }) => {
    const { page } = approver;
    await look(page, 'launcher-approver');
    const session = await connectedSession(operator, approver, {
      target: 'web-01',
      reason: 'Disk of web-01 fills up',
      length: '15 min',
    });
    await operator.goTo('Launcher');
    await new Launcher(operator.page).request({
      target: 'This machine',
      reason: 'Try the new log rotation where it does no harm',
      length: '20 min',
    });
    await page.bringToFront();
    const approvals = new Approvals(page);
    const card = approvals.request('Try the new log rotation');
    await card.getByRole('button', { name: /^Narrow/ }).click();
    await expect(approvals.running('web-01')).toBeVisible();
    await look(page, 'approvals');

    await test.step('settings hold, and the guide comes back', async () => {
      await page.keyboard.press('Control+,');
      await expect(page.getByRole('list', { name: 'Devices' }).getByText('this one')).toBeVisible();
      await look(page, 'settings');
      const theme = page
        .getByRole('group', { name: 'Contrast' })
        .or(page.getByRole('radiogroup', { name: 'Contrast' }));
      await theme.getByText('High').click();
      await page.reload();
      await expect(page.locator('html')).toHaveAttribute('data-contrast', 'high');
      await look(page, 'settings-high-contrast');
      await page.getByRole('button', { name: 'Reset all' }).click();
      await expect(page.locator('html')).toHaveAttribute('data-contrast', 'usual');
      await page.getByRole('button', { name: 'Help' }).click();
      await look(page, 'help');
      await page.getByRole('button', { name: 'Show the guide' }).click();
      const guide = page.getByRole('region', { name: 'First steps of an approver' });
      await expect(guide.getByRole('listitem').filter({ hasText: 'Decide on a request' })).toContainText(
        '(Done)',
      );
      await look(page, 'guide');
      await guide.getByRole('button', { name: /^Put away/ }).click();
      await expect(guide).toBeHidden();
    });
    await approver.account.click();
    await look(page, 'account');
    await page.getByRole('button', { name: 'Enrol another account' }).click();
    await look(page, 'enrol');
    await page.keyboard.press('Escape');
    await approver.goTo('Approvals');
    await approvals.revoke('web-01');
    await expect(approvals.revoked.first()).toContainText('input frozen after', { timeout: 20_000 });
    await approver.goTo('Insights');
    await expect(page.getByRole('img', { name: /^From the click to frozen input/ })).toBeVisible();
    await look(page, 'insights');
    await operator.page.bringToFront();
    await operator.page.getByRole('link', { name: 'web-01 ended' }).click();
    await expect(session.ended).toContainText('An approver revoked the grant');
  });

  test('for the reviewer: recordings, player, export, audit', async ({ operator, approver, reviewer }) => {
    const { page } = reviewer;
    const session = await connectedSession(operator, approver, {
      target: 'shop',
      reason: 'Customer asks what is stored',
      length: '10 min',
    });
    await session.terminal.run('\\pset pager off', /Pager usage is off/);
    await session.terminal.run('\\! clear', /^shop=> ?$/m);
    await session.terminal.run(CUSTOMERS.command, CUSTOMERS.done);
    await session.end();

    await page.bringToFront();
    await reviewer.goTo('Recordings');
    await expect(page.getByText('recording complete').first()).toBeVisible({ timeout: 30_000 });
    const player = new Player(page);
    await player.open('shop');
    await player.replay.press('End');
    await expect.poll(() => player.text()).toMatch(CUSTOMERS.done);
    await expect.poll(() => player.lastBarsPx(5)).toHaveLength(1);
    await look(page, 'player');
    // the pictures changed its size several times, under reduced motion
    expect(await player.clippedPx()).toBeLessThan(2);
    await player.verification.click();
    await look(page, 'player-verification');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Export' }).click();
    await look(page, 'player-export');
    await page.keyboard.press('Escape');

    await test.step('a bundle of evidence is saved, sealed', async () => {
      const { fileName, text } = await player.save('Evidence bundle');
      expect(fileName).toMatch(/\.evidence\.tar$/);
      expect(text).toContain('evidence.json');
      expectNoPersonalData(text);
    });

    await test.step('the timeline tells what stands at a moment, to pointer and keyboard', async () => {
      await page.keyboard.press('Tab');
      await player.position.focus();
      await page.keyboard.press('Shift+ArrowLeft');
      await expect(player.tip).toContainText(/masked|\$/);
      await look(page, 'player-tip');
      await page.keyboard.press('Escape');
      await expect(player.tip).toBeHidden();
    });

    await test.step('a hold keeps it, with a reason', async () => {
      await player.hold('The customer disputes the refund');
      await expect(player.keeping).toContainText('The customer disputes the refund');
      await reviewer.closeMessages();
    });

    await test.step('what another program recorded is imported, masked, and called of unknown origin', async () => {
      await reviewer.goTo('Recordings');
      const lines = [
        '{"version":2,"width":80,"height":24}',
        '[0.1,"o","to: anna.schmidt@example.org\\r\\n"]',
      ];
      await player.importCast(lines.join('\n'));
      await expect(player.verification).toContainText('Imported');
      await player.replay.press('End');
      await expect.poll(() => player.text()).toMatch(/to: [•.@]+$/m);
      await reviewer.closeMessages();
      await look(page, 'player-imported');
      await reviewer.goTo('Recordings');
      await expect(page.getByRole('list', { name: 'Imported recordings' }).getByRole('link')).toHaveCount(1);
      await look(page, 'recordings');
    });

    await reviewer.goTo('Audit');
    await expect(page.getByRole('row').nth(5)).toBeVisible();
    await look(page, 'audit');
    await reviewer.goTo('Keys');
    await expect(page.getByText('New recordings are sealed to it')).toBeVisible();
    await look(page, 'keys-reviewer');
  });

  test('for the administrator: keys, targets, policy, and people, of whom the last approver stays', async ({
    administrator,
  }) => {
    const { page } = administrator;
    await administrator.goTo('Keys');
    await expect(page.getByRole('row', { name: /Rita Reviewer/ })).toContainText('in use');
    await expect(page.getByRole('heading', { name: 'There is no break-glass key' })).toBeVisible();
    await page.getByRole('button', { name: 'New group' }).click();
    const group = page.getByRole('dialog', { name: 'New group of reviewers' });
    await group.getByRole('textbox', { name: 'Name' }).fill('payments');
    await group.getByText('Rita Reviewer').click();
    await group.getByText('Ada Approver').click();
    await look(page, 'keys-group');
    await group.getByRole('button', { name: 'Make the group' }).click();
    await expect(page.getByRole('heading', { name: 'payments' })).toBeVisible();
    await expect(page.getByText('no key of Ada Approver')).toBeVisible();
    await look(page, 'keys-administrator');

    await test.step('a target is tried, and its terms change without its credential', async () => {
      await administrator.goTo('Admin');
      await page.getByRole('button', { name: 'Test the connection to shop' }).click();
      await expect(page.getByRole('list', { name: 'Targets' })).toContainText('PostgreSQL, with');
      await look(page, 'admin-targets');
      await page.getByRole('button', { name: 'Edit shop' }).click();
      const dialog = page.getByRole('dialog', { name: 'Edit shop' });
      const terms = dialog.getByRole('textbox', { name: 'Terms, as JSON' });
      await expect(terms).toHaveValue(/"maxMinutes"/);
      await look(page, 'admin-target');
      const before = await terms.inputValue();
      await terms.fill(before.replace(/"maxMinutes": \d+/, '"maxMinutes": 0'));
      await expect(dialog.getByText(/^maxMinutes: /)).toBeVisible();
      await terms.fill(before);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await expect(administrator.message(/shop is saved/)).toBeVisible();
    });

    await test.step('a target is disabled with a reason, and enabled again', async () => {
      for (const verb of ['Disable', 'Enable']) {
        await page.getByRole('button', { name: `${verb} shop` }).click();
        const dialog = page.getByRole('alertdialog', { name: `${verb} shop` });
        await dialog.getByRole('textbox', { name: 'Reason' }).fill('It moves tonight.');
        if (verb === 'Disable') await look(page, 'admin-target-disabling');
        await dialog.getByRole('button', { name: `${verb} shop` }).click();
        const words = page.getByText('Disabled by Adam Administrator: It moves tonight.');
        await expect(words).toHaveCount(verb === 'Disable' ? 1 : 0);
      }
    });

    await test.step('a policy is checked by line and key, and tried against what was asked', async () => {
      await page.getByRole('radio', { name: 'Access policy' }).click();
      const rules = page.getByRole('textbox', { name: 'Rules, as YAML or JSON' });
      const before = await rules.inputValue();
      await rules.fill(before.replace('maxMinutes', 'maxMinute'));
      await expect(page.getByText('did you mean "maxMinutes"?')).toBeVisible();
      await look(page, 'admin-policy');
      await rules.fill(before);
      await page.getByRole('button', { name: 'Try against past requests' }).click();
      await expect(page.getByText(/^Of \d+ past request|Nobody has asked/)).toBeVisible();
      await look(page, 'admin-dry-run');
    });

    await page.getByRole('radio', { name: 'People' }).click();
    await look(page, 'admin-people');
    await page.getByRole('button', { name: 'Disable Ada Approver' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Disable Ada Approver' });
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Leaves the company');
    await look(page, 'keys-disable');
    await dialog.getByRole('button', { name: 'Disable Ada Approver' }).click();
    await expect(administrator.message(/the last approver/)).toBeVisible();
  });
});
