import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The queue of an approver, and the sessions that run. */
export class Approvals {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  request(reason: string): Locator {
    return this.page
      .getByRole('list', { name: 'Requests to decide' })
      .getByRole('listitem')
      .filter({ hasText: reason });
  }

  async approve(reason: string): Promise<void> {
    await this.request(reason)
      .getByRole('button', { name: /^Approve/ })
      .click();
    await expect(this.request(reason)).toBeHidden();
  }

  async approveShorter(reason: string, length: string): Promise<void> {
    const card = this.request(reason);
    await card.getByRole('button', { name: /^Narrow/ }).click();
    await card.getByRole('textbox', { name: 'Shorter' }).fill(length);
    await this.approve(reason);
  }

  async deny(reason: string, note: string): Promise<void> {
    const card = this.request(reason);
    await card.getByRole('textbox', { name: /^Note/ }).fill(note);
    await card.getByRole('button', { name: /^Deny/ }).click();
    await expect(card).toBeHidden();
  }

  /** Of all running sessions the one that was started last. */
  running(target: string): Locator {
    return this.page
      .getByRole('region', { name: 'Running sessions' })
      .getByRole('listitem')
      .filter({ hasText: target })
      .first();
  }

  async suspend(target: string): Promise<void> {
    await this.running(target)
      .getByRole('button', { name: /^Suspend/ })
      .click();
  }

  async resume(target: string): Promise<void> {
    await this.running(target)
      .getByRole('button', { name: /^Resume/ })
      .click();
  }

  async revoke(target: string): Promise<void> {
    await this.running(target)
      .getByRole('button', { name: /^Revoke/ })
      .click();
  }

  get revoked(): Locator {
    return this.page.getByRole('region', { name: 'Revoked' }).getByRole('listitem');
  }
}
