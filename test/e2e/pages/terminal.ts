import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

const SHOW_MS = 20_000;

/** A terminal as a person has it: what its rows show, keys, the mouse, the clipboard. Chromium without a GPU draws it with the DOM. */
export class TerminalView {
  readonly place: Locator;
  private readonly page: Page;

  constructor(page: Page, pane?: Locator) {
    this.page = page;
    this.place = (pane ?? page).getByTestId('terminal');
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

  /** The middle of the first character of a text on the screen, in the last row that shows it. */
  async placeOf(text: string): Promise<{ readonly x: number; readonly y: number }> {
    const row = this.place.locator('.xterm-rows > div', { hasText: text }).last();
    return row.evaluate((element, sought) => {
      const characters: { node: Node; at: number }[] = [];
      const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node !== null; node = walk.nextNode())
        for (let at = 0; at < (node.nodeValue ?? '').length; at += 1) characters.push({ node, at });
      const line = characters.map(({ node, at }) => node.nodeValue?.[at] ?? '').join('');
      const first = characters[line.replaceAll('\u00a0', ' ').indexOf(sought)];
      if (first === undefined) throw new Error(`"${sought}" is not in the row.`);
      const range = document.createRange();
      range.setStart(first.node, first.at);
      range.setEnd(first.node, first.at + 1);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }, text);
  }

  rows(): Promise<number> {
    return this.place.locator('.xterm-rows > div').count();
  }

  /** What is in the clipboard once a copy has been made by `copy`. */
  async copied(copy: () => Promise<void>): Promise<string> {
    await this.page.evaluate(() => navigator.clipboard.writeText(''));
    await copy();
    const read = () => this.page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(read).not.toBe('');
    return read();
  }

  /** Puts a text into the clipboard and presses the key that pastes. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate(written => navigator.clipboard.writeText(written), text);
    await this.focus();
    await this.page.keyboard.press('Control+Shift+V');
  }

  /** Drags over the whole screen and copies; returns what is in the clipboard then. */
  async copyScreen(): Promise<string> {
    const box = await this.place.locator('.xterm-screen').boundingBox();
    if (box === null) throw new Error('The terminal is not drawn.');
    await this.page.mouse.move(box.x + 2, box.y + 4);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width - 2, box.y + box.height - 4, { steps: 5 });
    await this.page.mouse.up();
    return this.copied(() => this.page.keyboard.press('Control+Shift+C'));
  }
}
