import type { BrowserContext, Page } from '@playwright/test';
import { expect, test as base } from '@playwright/test';
import { AppWindow } from '../pages/app-window.ts';
import type { DemoProcess } from './demo-process.ts';
import { startDemo } from './demo-process.ts';

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

interface Demo extends DemoProcess {
  readonly origin: string;
  /** the cookie that the one-time address was exchanged for */
  readonly visitor: StorageState;
}

interface People {
  /** windows of one browser, each of which acts as somebody else */
  readonly operator: AppWindow;
  readonly approver: AppWindow;
  readonly reviewer: AppWindow;
  readonly administrator: AppWindow;
}

/** One demo for the whole run (a failed test starts another one); each test opens windows of its own. */
export const test = base.extend<People, { readonly demo: Demo }>({
  demo: [
    async ({ browser }, use) => {
      const demo = await startDemo();
      try {
        const context = await browser.newContext();
        const page = await context.newPage();
        await page.goto(demo.address);
        const visitor = await context.storageState();
        await context.close();
        await use({ ...demo, origin: new URL(demo.address).origin, visitor });
      } finally {
        await demo.stop();
      }
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: async ({ demo }, use) => use(demo.origin),
  storageState: async ({ demo }, use) => use(demo.visitor),
  permissions: ['clipboard-read', 'clipboard-write'],
  /** No page of a test may fail unnoticed, nor do what the content security policy refuses. */
  context: async ({ context }, use) => {
    const faults: string[] = [];
    context.on('weberror', each => faults.push(String(each.error().stack ?? each.error())));
    context.on('console', each => {
      if (each.type() === 'error' && /content security policy|trusted ?(html|types)/i.test(each.text()))
        faults.push(each.text());
    });
    await use(context);
    expect(faults).toEqual([]);
  },
  operator: async ({ context }, use) => use(await windowOf(context, 'Omar Operator')),
  approver: async ({ context }, use) => use(await windowOf(context, 'Ada Approver')),
  reviewer: async ({ context }, use) => use(await windowOf(context, 'Rita Reviewer')),
  administrator: async ({ context }, use) => use(await windowOf(context, 'Adam Administrator')),
});

async function windowOf(context: BrowserContext, person: string): Promise<AppWindow> {
  const page: Page = await context.newPage();
  const window = new AppWindow(page);
  await window.open();
  await window.actAs(person);
  return window;
}
