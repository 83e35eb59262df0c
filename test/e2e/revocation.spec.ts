import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { Approvals } from './pages/approvals.ts';
import { test } from './support/fixtures.ts';
import { connectedSession } from './support/granted.ts';

test('one click of the approver freezes the operator’s typing, and the time it took is shown', async ({
  operator,
  approver,
}) => {
  const session = await connectedSession(operator, approver, {
    target: 'web-01',
    reason: 'Typing when access is revoked',
    length: '5 min',
  });
  const { terminal } = session;
  let isRevoked = false;
  await terminal.run('echo lea""king', /^leaking$/m);
  const typing = typeUntil(operator.page, () => isRevoked);
  await terminal.shows(/still typing/);

  const approvals = new Approvals(approver.page);
  await expect(approvals.running('web-01')).toContainText('Omar Operator');
  await approvals.revoke('web-01');
  // the operator types on meanwhile
  const stopped = session.cover.or(session.ended);
  await expect(stopped).toContainText(/An approver revoked/);
  await expect(terminal.place).toBeHidden();
  expect(await session.everything()).not.toMatch(/leaking|still typing/);
  isRevoked = true;
  await typing;

  const measured = approvals.revoked.first();
  await expect(measured).toContainText(/input frozen after \d+ ms/, { timeout: 20_000 });
  const ms = Number(/after (\d+) ms/.exec((await measured.textContent()) ?? '')?.[1]);
  expect(ms).toBeLessThan(5_000);
  await expect(session.ended).toContainText('An approver revoked the grant', { timeout: 45_000 });
  // Other stories may have left sessions of theirs running, on other targets.
  await expect(approvals.running('web-01')).toBeHidden();
});

async function typeUntil(page: Page, isOver: () => boolean): Promise<void> {
  while (!isOver()) await page.keyboard.type('still typing ');
}
