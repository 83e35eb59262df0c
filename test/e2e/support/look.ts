import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page, ViewportSize } from '@playwright/test';
import { expect } from '@playwright/test';

const FOLDER = fileURLToPath(new URL('../../../out/e2e/screenshots/', import.meta.url));
const SIZES = { wide: { width: 1280, height: 800 }, narrow: { width: 420, height: 800 } } as const;
const AT_400_PERCENT = { width: 320, height: 800 } as const;
const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Pictures of what a window shows, in both themes and both sizes, as `out/e2e/screenshots/<view>-<theme>-<size>.png`; in each of them
 * axe finds nothing serious, and nothing is cut off at the side.
 */
export async function look(page: Page, view: string): Promise<void> {
  await page.bringToFront();
  for (const theme of ['dark', 'light'] as const) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      const name = `${view}-${theme}-${size}`;
      await show(page, theme, viewport);
      await page.screenshot({ path: `${FOLDER}${name}.png` });
      expect.soft(await overflowPx(page), `${name}: wider than the window`).toBeLessThanOrEqual(0);
      // what the size changes is the same in both themes
      if (size === 'wide' || theme === 'dark') expect.soft(await seriousViolations(page), name).toEqual([]);
    }
  }
  await show(page, 'dark', SIZES.wide);
}

/** The same, once: dark, and as narrow as 1280 pixels are at 400 % (WCAG 1.4.10), where words have the least room. */
export async function glance(page: Page, view: string): Promise<void> {
  await page.bringToFront();
  await show(page, 'dark', AT_400_PERCENT);
  await page.screenshot({ path: `${FOLDER}${view}-400-percent.png` });
  expect.soft(await overflowPx(page), `${view}: wider than the window`).toBeLessThanOrEqual(0);
  expect.soft(await seriousViolations(page), view).toEqual([]);
  await show(page, 'dark', SIZES.wide);
}

function overflowPx(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Resolves when the theme and the size are drawn and nothing moves any more. */
async function show(page: Page, theme: 'dark' | 'light', viewport: ViewportSize): Promise<void> {
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
  await page.evaluate(async () => {
    const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
    // a new size is measured in one frame and drawn in the next
    for (let frames = 0; frames < 3; frames += 1) await frame();
    const endless = (animation: Animation) => animation.effect?.getComputedTiming().iterations === Infinity;
    const running = document.getAnimations().filter(animation => !endless(animation));
    await Promise.allSettled(running.map(animation => animation.finished));
    await frame();
  });
}

async function seriousViolations(page: Page): Promise<string[]> {
  // the other mode opens a page of its own, which puts this one into the background, where it is drawn once a second
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(STANDARD).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(node => `${node.target.join(' ')} (${node.failureSummary ?? ''})`).join('; ')}`,
    );
}
