import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { SessionView } from './session-view.ts';

/** The launcher of an operator. Requests and grants are told apart by their reason, so each test writes one of its own. */
export class Launcher {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async request(wish: {
    readonly target: string;
    readonly reason: string;
    readonly length: string;
    readonly ticket?: string;
  }): Promise<void> {
    await this.page.getByRole('button', { name: 'Request access' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Request access' });
    await dialog.getByRole('combobox', { name: 'Target' }).fill(wish.target);
    await this.page.getByRole('option', { name: wish.target }).click();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(wish.reason);
    if (wish.ticket !== undefined) await dialog.getByRole('textbox', { name: /^Ticket/ }).fill(wish.ticket);
    await this.chooseLength(dialog, wish.length);
    await dialog.getByRole('button', { name: 'Send request' }).click();
    await expect(dialog).toBeHidden();
  }

  /** Asks for more time in the dialog that `Extend` opened, from the launcher, the bar or the cover. */
  async askForMore(length: string): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: /^Extend / });
    await this.chooseLength(dialog, length);
    await dialog.getByRole('button', { name: 'Ask for more time' }).click();
    await expect(dialog).toBeHidden();
  }

  ownRequest(reason: string): Locator {
    return this.page
      .getByRole('region', { name: 'Requests' })
      .getByRole('listitem')
      .filter({ hasText: reason });
  }

  grant(reason: string): Locator {
    return this.page.getByRole('list', { name: 'Grants' }).getByRole('listitem').filter({ hasText: reason });
  }

  get recentSessions(): Locator {
    return this.page.getByRole('region', { name: 'Recent sessions' }).getByRole('listitem');
  }

  async connect(reason: string): Promise<SessionView> {
    await this.grant(reason)
      .getByRole('button', { name: /^Connect/ })
      .click();
    const session = new SessionView(this.page);
    await expect(session.terminal.place).toBeVisible({ timeout: 30_000 });
    return session;
  }

  private async chooseLength(dialog: Locator, length: string): Promise<void> {
    await dialog.getByRole('radio', { name: 'Other' }).click();
    await dialog.getByRole('textbox', { name: 'Length' }).fill(length);
  }
}
