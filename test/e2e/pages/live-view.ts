import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** A running session as somebody watches it. */
export class LiveView {
  readonly screen: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.screen = page.getByTestId('live');
  }

  /** From the list of recordings, once it knows of a running session on the target. */
  async open(target: string): Promise<void> {
    await this.page
      .getByRole('list', { name: 'Recordings' })
      .getByRole('listitem')
      .filter({ hasText: target })
      .getByRole('link', { name: /^Watch live/ })
      .first()
      .click({ timeout: 30_000 });
    const unlock = this.page.getByRole('button', { name: 'Unlock' });
    await expect(unlock.or(this.screen)).toBeVisible({ timeout: 30_000 });
    if (await unlock.isVisible()) await unlock.click();
    await expect(this.page.getByTestId('live-distance')).toContainText(/behind|^Nothing/, {
      timeout: 30_000,
    });
  }

  async text(): Promise<string> {
    const rows = await this.screen.locator('.xterm-rows > div').allTextContents();
    return rows.map(row => row.replaceAll('\u00a0', ' ').trimEnd()).join('\n');
  }
}
