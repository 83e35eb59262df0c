import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

const SHOW_MS = 20_000;

/** A terminal as a person has it: what its rows show, keys, the mouse, the clipboard. Chromium without a GPU draws it with the DOM. */
export class TerminalView {
  readonly place: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.place = page.getByTestId('terminal');
  }

  async text(): Promise<string> {
    const rows = await this.place.locator('.xterm-rows > div').allTextContents();
    return rows.map(row => row.replaceAll('\u00a0', ' ').trimEnd()).join('\n');
  }

  /** Waits until the rows fit. */
  async shows(pattern: RegExp, timeout = SHOW_MS): Promise<void> {
    await expect.poll(() => this.text(), { timeout }).toMatch(pattern);
  }

  async focus(): Promise<void> {
    await this.place.locator('.xterm-helper-textarea').focus();
  }

  async type(text: string): Promise<void> {
    await this.focus();
    await this.page.keyboard.type(text);
  }

  async press(...keys: readonly string[]): Promise<void> {
    await this.focus();
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Types a line and waits for what it must show. */
  async run(line: string, shown: RegExp, timeout = SHOW_MS): Promise<void> {
    await this.type(`${line}\n`);
    await this.shows(shown, timeout);
  }

  /** Drags over the whole screen and copies; returns what is in the clipboard then. */
  async copyScreen(): Promise<string> {
    const box = await this.place.locator('.xterm-screen').boundingBox();
    if (box === null) throw new Error('The terminal is not drawn.');
    await this.page.mouse.move(box.x + 2, box.y + 4);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width - 2, box.y + box.height - 4, { steps: 5 });
    await this.page.mouse.up();
    await this.page.evaluate(() => navigator.clipboard.writeText(''));
    await this.page.keyboard.press('Control+Shift+C');
    const read = () => this.page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(read).not.toBe('');
    return read();
  }
}
