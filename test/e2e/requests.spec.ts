import { expect } from '@playwright/test';
import { Approvals } from './pages/approvals.ts';
import { Launcher } from './pages/launcher.ts';
import { test } from './support/fixtures.ts';

test('a request can be withdrawn, and a denied one says why', async ({ operator, approver }) => {
  const launcher = new Launcher(operator.page);
  const approvals = new Approvals(approver.page);
  await approver.goTo('Approvals');
  await operator.page.bringToFront();

  await launcher.request({ target: 'shop', reason: 'Asked by mistake', length: '15 min' });
  await expect(approvals.request('Asked by mistake')).toBeVisible();
  await launcher
    .ownRequest('Asked by mistake')
    .getByRole('button', { name: /^Withdraw/ })
    .click();
  await expect(launcher.ownRequest('Asked by mistake')).toBeHidden();
  await expect(approvals.request('Asked by mistake')).toBeHidden();

  await launcher.request({ target: 'shop', reason: 'Curious about customers', length: '1h' });
  await approvals.deny('Curious about customers', 'Not without a ticket');
  const denied = launcher.ownRequest('Curious about customers');
  await expect(denied).toContainText('denied');
  await expect(denied).toContainText('Ada Approver: “Not without a ticket”');
  await expect(launcher.grant('Curious about customers')).toBeHidden();
});

test('text never becomes markup: the browser refuses it', async ({ browser, demo }) => {
  // A context of its own: in those of the other tests a refusal is a fault.
  const context = await browser.newContext({ storageState: demo.visitor });
  const page = await context.newPage();
  await page.goto(demo.origin);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(
    await page.evaluate(() => {
      const place = document.createElement('div');
      try {
        place.innerHTML = '<b>bold</b>';
      } catch (error) {
        return error instanceof TypeError ? 'refused' : String(error);
      }
      return place.innerHTML;
    }),
  ).toBe('refused');
  await context.close();
});

test('a request without reason or with a length that cannot be is not sent', async ({ operator }) => {
  await operator.page.getByRole('button', { name: 'Request access' }).click();
  const dialog = operator.page.getByRole('dialog', { name: 'Request access' });
  await dialog.getByRole('radio', { name: 'Other' }).click();
  await dialog.getByRole('textbox', { name: 'Length' }).fill('3 days');
  await dialog.getByRole('button', { name: 'Send request' }).click();
  await expect(dialog.getByText('Choose a target.')).toBeVisible();
  await expect(dialog.getByText('Say why')).toBeVisible();
  await expect(dialog.getByText('Write a length such as')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
});
