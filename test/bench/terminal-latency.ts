import type { Locator, Page } from '@playwright/test';

/** Milliseconds, one figure a key, move or press, in the order in which they were made. */
export type Latencies = readonly number[];

declare global {
  interface Window {
    /** what the measuring script in the page has found */
    latency: { samples: number[]; expected: string; startedMs: number | null; nowAfterPaint(): void };
  }
}

/** What people type all day; nothing that the redactor has to wait with. */
const TYPED =
  'select name, city from customers where city like Berlin order by name limit twenty and then some';
/** No sample takes so long. */
const SAMPLE_MS = 60_000;
/** After so long it is looked whether there is anything to wait for; slower samples count all the same. */
const LOOK_MS = 2_000;
const ROWS = '[data-testid=terminal] .xterm-rows';

/**
 * Types a line at a prompt and takes the time of each key, from when the browser got it until the frame with its glyph was painted:
 * through the data plane, the session host, the kernel's echo, the redactor and the recorder, and back.
 */
export async function typedKeyLatencies(page: Page): Promise<Latencies> {
  await prepare(page);
  await page.evaluate(selector => {
    const rows = document.querySelector(selector);
    if (rows === null) throw new Error('There is no terminal.');
    const { latency } = window;
    const shows = (text: string) => (rows.textContent ?? '').replaceAll('\u00a0', ' ').includes(text);
    const onKey = (event: KeyboardEvent) => {
      if (event.key.length !== 1) return;
      latency.expected += event.key;
      latency.startedMs = event.timeStamp;
    };
    window.addEventListener('keydown', onKey, { capture: true });
    new MutationObserver(() => {
      if (latency.startedMs !== null && shows(latency.expected)) latency.nowAfterPaint();
    }).observe(rows, { subtree: true, childList: true, characterData: true });
  }, ROWS);
  await page.locator('[data-testid=terminal] .xterm-helper-textarea').focus();
  for (const [index, key] of [...TYPED].entries()) {
    await page.keyboard.press(key === ' ' ? 'Space' : key);
    await sampled(page, index + 1);
  }
  await page.keyboard.press('Control+c');
  return page.evaluate(() => window.latency.samples);
}

/**
 * Moves the mouse from one tool of the bar to the next and back for as long as `isOver` is false, and takes the time of each, from when
 * the browser got the move until the frame that shows the button under it was painted.
 */
export async function hoverReactions(page: Page, isOver: () => boolean): Promise<Latencies> {
  await prepare(page);
  const tools = page.locator('.session-tools button');
  await page.evaluate(() => {
    const { latency } = window;
    // The first event of a move, by which React knows what is entered: it may have drawn before the next one.
    const onMove = (event: PointerEvent) => {
      if (latency.expected !== '') latency.startedMs ??= event.timeStamp;
    };
    window.addEventListener('pointerout', onMove, { capture: true });
    new MutationObserver(() => {
      const shown = document.querySelector('.session-tools [data-hovered]')?.getAttribute('aria-label');
      if (latency.startedMs === null || shown !== latency.expected) return;
      latency.expected = '';
      latency.nowAfterPaint();
    }).observe(document.body, { subtree: true, attributeFilter: ['data-hovered'] });
  });
  // from neither: a move to where the mouse is already shows nothing
  await page.mouse.move(0, 0);
  let moves = 0;
  while (!isOver()) {
    const tool = tools.nth(moves % 2);
    moves += 1;
    while (!(await hover(page, tool, moves))) await page.mouse.move(0, 0);
  }
  return page.evaluate(() => window.latency.samples);
}

/**
 * Moves to a tool and waits for its sample. False where there was nothing to see: what the bar tells of the recording changes its length, so that
 * the mouse may miss the tool, or the tool may have come under the mouse before it was moved.
 */
async function hover(page: Page, tool: Locator, count: number): Promise<boolean> {
  const box = await tool.boundingBox();
  if (!box) throw new Error('The bar is not drawn.');
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  // Two moves that were drawn together leave what was shown before the first: each waits for the button that it is for.
  await tool.evaluate(button => {
    window.latency.startedMs = null;
    window.latency.expected = button.getAttribute('aria-label') ?? '';
  });
  await page.mouse.move(at.x, at.y);
  for (const endMs = performance.now() + SAMPLE_MS; performance.now() < endMs; ) {
    const isSeen = await sampled(page, count, LOOK_MS).then(
      () => true,
      () => false,
    );
    if (isSeen) return true;
    const isMissed = await tool.evaluate(
      (button, { x, y }) =>
        !button.contains(document.elementFromPoint(x, y)) || button.hasAttribute('data-hovered'),
      at,
    );
    if (isMissed) return false;
  }
  throw new Error('The button under the mouse was not shown.');
}

/** From the press on `Connect` until the frame with the first prompt was painted. */
export async function firstPrompt(page: Page, press: () => Promise<void>): Promise<number> {
  await prepare(page);
  await page.evaluate(selector => {
    const { latency } = window;
    const onClick = (event: MouseEvent) => {
      latency.startedMs ??= event.timeStamp;
    };
    window.addEventListener('click', onClick, { capture: true });
    const look = () => {
      const rows = document.querySelector(selector)?.textContent ?? '';
      if (latency.startedMs !== null && /[$#]/.test(rows)) latency.nowAfterPaint();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, ROWS);
  await press();
  await sampled(page, 1);
  const [ms = Number.NaN] = await page.evaluate(() => window.latency.samples);
  return ms;
}

/** The value that 99 of 100 do not exceed. */
export function percentile99(figures: Latencies): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.99) - 1)] ?? Number.NaN;
}

export function median(figures: Latencies): number {
  return [...figures].sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

/** A page that measured before is as new: what listened goes with the reload. */
async function prepare(page: Page): Promise<void> {
  await page.bringToFront();
  await page.evaluate(() => {
    // held for as long as it measures: a channel that nobody holds may be collected with its message
    const painted = new MessageChannel();
    const latency: Window['latency'] = {
      samples: [],
      expected: '',
      startedMs: null,
      nowAfterPaint() {
        const startedMs = latency.startedMs;
        latency.startedMs = null;
        if (startedMs === null) return;
        // a message is handled once the frame that is being made now is painted
        painted.port2.postMessage(startedMs);
      },
    };
    painted.port1.onmessage = event => latency.samples.push(performance.now() - Number(event.data));
    window.latency = latency;
  });
}

async function sampled(page: Page, count: number, timeoutMs = SAMPLE_MS): Promise<void> {
  await page.waitForFunction(least => window.latency.samples.length >= least, count, { timeout: timeoutMs });
}
