import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The list of recordings and the player of one of them. */
export class Player {
  readonly replay: Locator;
  readonly controls: Locator;
  readonly masks: Locator;
  readonly verification: Locator;
  readonly position: Locator;
  readonly comments: Locator;
  readonly tip: Locator;
  readonly keeping: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.replay = page.getByTestId('replay');
    this.controls = page.getByRole('toolbar', { name: 'Replay controls' });
    this.masks = page
      .getByRole('region', { name: 'Where data was masked' })
      .getByRole('button', { name: /, mask: / });
    this.verification = page.getByTestId('verification');
    this.position = page.getByRole('slider', { name: /^Position/ });
    this.tip = page.getByTestId('timeline-tip');
    this.keeping = page.getByRole('region', { name: 'Keeping' });
    this.comments = page.getByRole('list', { name: 'Comments by time' });
  }

  /** The newest recording of a target, once it is handed in. */
  async open(target: string): Promise<void> {
    const line = this.page
      .getByRole('list', { name: 'Recordings' })
      .getByRole('listitem')
      .filter({ hasText: target })
      .first();
    await expect(line).toContainText('recording complete', { timeout: 30_000 });
    await line.getByRole('link', { name: /^Replay/ }).click();
    const unlock = this.page.getByRole('button', { name: 'Unlock' });
    await expect(unlock.or(this.verification)).toBeVisible({ timeout: 30_000 });
    if (await unlock.isVisible()) await unlock.click();
    await expect(this.verification).toBeVisible({ timeout: 30_000 });
    await expect(this.controls).toBeVisible();
  }

  async text(): Promise<string> {
    const rows = await this.replay.locator('.xterm-rows > div').allTextContents();
    return rows.map(row => row.replaceAll('\u00a0', ' ').trimEnd()).join('\n');
  }

  /** By how many pixels text is wider than the row that it stands in, and so cut off; 0 where all of it is seen. */
  async clippedPx(): Promise<number> {
    const widths = await this.replay
      .locator('.xterm-rows > div')
      .evaluateAll(rows => rows.map(row => row.scrollWidth - row.clientWidth));
    return Math.max(0, ...widths);
  }

  /** Where the last bar of each row of a table with so many bars stands, in pixels: one place where columns are aligned. */
  async lastBarsPx(bars: number): Promise<number[]> {
    const places = await this.replay.locator('.xterm-rows > div').evaluateAll(
      (rows, wanted) =>
        rows.flatMap(row => {
          const text = row.textContent ?? '';
          if (text.split('|').length - 1 !== wanted) return [];
          const last = [...row.querySelectorAll('span')].findLast(span => span.textContent?.includes('|'));
          const node = last?.firstChild;
          if (!node) return [];
          const range = document.createRange();
          const at = node.textContent?.lastIndexOf('|') ?? 0;
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          return [Math.round(range.getBoundingClientRect().left)];
        }),
      bars,
    );
    return [...new Set(places)];
  }

  async positionMs(): Promise<number> {
    return Number(await this.position.inputValue());
  }

  async pressControl(name: string | RegExp): Promise<void> {
    await this.controls.getByRole('button', { name }).click();
  }

  /** Stands still at the start, at a pace at which nothing ends between two clicks, whether the replay is still going or not. */
  async standAtStart(): Promise<void> {
    await this.page.getByText('Skip idle').click();
    await expect(this.page.getByRole('switch', { name: 'Skip idle' })).not.toBeChecked();
    await this.position.press('Home');
    const isPlaying = await this.controls.getByRole('button', { name: 'Pause' }).isVisible();
    if (isPlaying) await this.pressControl('Pause');
  }

  async setSpeed(speed: string): Promise<void> {
    await this.controls.getByRole('button', { name: /Speed/ }).click();
    await this.page.getByRole('option', { name: speed, exact: true }).click();
  }

  /** Writes about the moment at which the replay stands. */
  async comment(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: /^Comment at/ }).fill(text);
    await this.page.getByRole('button', { name: 'Add comment' }).click();
  }

  async decide(decision: 'Reviewed' | 'Flagged' | 'Follow-up', note: string): Promise<void> {
    const form = this.page.getByRole('region', { name: 'Decision' });
    await form.getByRole('radio', { name: decision }).click();
    await form.getByRole('textbox', { name: /^(Note|Reason)/ }).fill(note);
    await form.getByRole('button', { name: 'Save decision' }).click();
  }

  async hold(reason: string): Promise<void> {
    await this.keeping.getByRole('button', { name: 'Hold' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Hold this recording' });
    await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await dialog.getByRole('button', { name: 'Place the hold' }).click();
    await expect(dialog).toBeHidden();
  }

  /** From the list of recordings; resolves when it is played. */
  async importCast(text: string): Promise<void> {
    const choosing = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: 'Import asciicast' }).click();
    await (await choosing).setFiles({ name: 'one.cast', mimeType: 'text/plain', buffer: Buffer.from(text) });
    await expect(this.verification).toBeVisible({ timeout: 30_000 });
  }

  /** Saves in a format; returns the file's name and text. */
  async save(format: string): Promise<{ readonly fileName: string; readonly text: string }> {
    await this.page.getByRole('button', { name: 'Export' }).click();
    const downloading = this.page.waitForEvent('download');
    await this.page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: format }).click();
    const download = await downloading;
    const pieces: Buffer[] = [];
    for await (const piece of await download.createReadStream()) pieces.push(Buffer.from(piece));
    return { fileName: download.suggestedFilename(), text: Buffer.concat(pieces).toString('utf8') };
  }
}
