import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { TerminalView } from './terminal.ts';

/** A session in its window: the bar, the terminal or what stands in its place. */
export class SessionView {
  readonly terminal: TerminalView;
  readonly bar: Locator;
  readonly countdown: Locator;
  readonly cover: Locator;
  readonly ended: Locator;
  readonly announcement: Locator;
  private readonly page: Page;

  /** @param pane where several sessions are shown: the one of this */
  constructor(page: Page, pane?: Locator) {
    const root = pane ?? page;
    this.page = page;
    this.terminal = new TerminalView(page, pane);
    this.bar = root.getByRole('region', { name: /^Session( on |$)/ });
    this.countdown = root.getByRole('timer', { name: 'Time left' });
    this.cover = root.getByTestId('lock-cover');
    this.ended = root.getByTestId('ended');
    this.announcement = root.getByTestId('announcement');
  }

  async secondsLeft(): Promise<number> {
    const text = (await this.countdown.locator('strong').textContent()) ?? '';
    return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  }

  async masked(): Promise<number> {
    const text = await this.page.getByTestId('masked').textContent();
    return Number.parseInt(text ?? '', 10);
  }

  async lock(): Promise<void> {
    await this.bar.getByRole('button', { name: 'Lock', exact: true }).click();
  }

  async end(): Promise<void> {
    await this.bar.getByRole('button', { name: 'End', exact: true }).click();
    await expect(this.ended).toBeVisible();
  }

  async extend(): Promise<void> {
    await this.bar.getByRole('button', { name: 'Extend' }).click();
  }

  /** All that a locked or ended session's window holds, as it is read, parsed and read out. */
  async everything(): Promise<string> {
    const [html, spoken] = await Promise.all([this.page.content(), this.page.locator('body').ariaSnapshot()]);
    return `${html}\n${spoken}`;
  }
}
