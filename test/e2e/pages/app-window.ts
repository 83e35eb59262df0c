import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** One window of the web shell: its rail, its menus, its messages. */
export class AppWindow {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/');
    await expect(this.account).toBeVisible();
  }

  get account(): Locator {
    return this.page.getByRole('button', { name: /^Account: / });
  }

  async actAs(person: string): Promise<void> {
    if ((await this.account.getAttribute('aria-label'))?.includes(person) === true) return;
    await this.account.click();
    await this.page.getByRole('dialog', { name: 'Account' }).getByRole('button', { name: person }).click();
    await expect(this.page.getByRole('button', { name: `Account: ${person}` })).toBeVisible();
  }

  async goTo(
    view: 'Launcher' | 'Approvals' | 'Recordings' | 'Keys' | 'Audit' | 'Insights' | 'Admin' | 'Settings',
  ): Promise<void> {
    const places = this.page.getByRole('navigation', { name: 'Views' });
    await places.getByRole('link', { name: new RegExp(`^${view}`) }).click();
    await expect(this.page.getByRole('heading', { level: 1, name: view })).toBeVisible();
  }

  /** A message of the window, at the edge. */
  message(text: string | RegExp): Locator {
    return this.page.getByRole('log', { name: 'Messages' }).getByText(text);
  }

  /** Closes what stands at the edge; some goes by itself meanwhile. */
  async closeMessages(): Promise<void> {
    const close = this.page.getByRole('button', { name: 'Close message' });
    await expect(async () => {
      for (const button of await close.all()) await button.click({ timeout: 500 });
      expect(await close.count()).toBe(0);
    }).toPass();
  }

  async readTerminalsOut(): Promise<void> {
    const before = this.page.url();
    await this.goTo('Settings');
    await this.page.getByText('Read terminals out to screen readers').click();
    await this.page.goto(before);
  }

  /** Finds a command in the palette by some letters and runs the first one. */
  async command(letters: string, label: string): Promise<void> {
    await this.page.keyboard.press('Control+Shift+K');
    const field = this.page.getByRole('combobox', { name: /^Find a view/ });
    await field.fill(letters);
    await expect(this.page.getByRole('option', { selected: true })).toContainText(label);
    await field.press('Enter');
    await expect(field).toBeHidden();
  }
}
