import { expect, test } from 'vitest';
import type { Notification } from './notification-words.ts';
import { createNotifier } from './notifier.ts';

const TOLD: Notification = {
  kind: 'request',
  title: 'Omar Operator asks for shop',
  body: '30 minutes',
  tag: 'request-1',
  link: { view: 'place', place: 'approvals' },
};

/** A page that can notify: what it showed, and what a click on the last one did. */
function fakePage(answer: NotificationPermission) {
  const shown: { title: string; click: () => void }[] = [];
  class Fake extends EventTarget {
    static permission: NotificationPermission = 'default';
    static requestPermission() {
      Fake.permission = answer;
      return Promise.resolve(answer);
    }
    constructor(title: string) {
      super();
      shown.push({ title, click: () => this.dispatchEvent(new Event('click')) });
    }
    close() {
      shown.pop();
    }
  }
  const page = { focus: () => (page.focused += 1), focused: 0, Notification: Fake };
  return { shown, page, Fake };
}

function notifierOn(page: ReturnType<typeof fakePage>['page'] | object, kind: 'web' | 'desktop' = 'web') {
  const asked: unknown[] = [];
  const bridge = { request: (...call: unknown[]) => (asked.push(call), Promise.resolve({ ok: true })) };
  const followed: unknown[] = [];
  const follow = (link: unknown) => void followed.push(link);
  return {
    asked,
    followed,
    notifier: createNotifier({ bridge, shellKind: () => kind, follow, page } as never),
  };
}

test('a page shows nothing before the person allowed it, and leads to the view after a click', async () => {
  const { page, shown } = fakePage('granted');
  const { notifier, followed } = notifierOn(page);
  notifier.show(TOLD);
  expect(shown).toEqual([]);
  await notifier.ask();
  expect(notifier.permission.get()).toBe('granted');
  notifier.show(TOLD);
  expect(shown.map(({ title }) => title)).toEqual(['Omar Operator asks for shop']);
  shown[0]?.click();
  expect(followed).toEqual([TOLD.link]);
  expect(page.focused).toBe(1);
  expect(shown).toEqual([]);
});

test('a permission that was taken back later is noticed', async () => {
  const { page, shown, Fake } = fakePage('granted');
  const { notifier } = notifierOn(page);
  await notifier.ask();
  Fake.permission = 'denied';
  notifier.show(TOLD);
  expect(shown).toEqual([]);
  expect(notifier.permission.get()).toBe('denied');
});

test('a browser without notifications is called so', () => {
  expect(notifierOn({}).notifier.permission.get()).toBe('unsupported');
});

test('the desktop shell shows its own', () => {
  const { page, shown } = fakePage('denied');
  const { notifier, asked } = notifierOn(page, 'desktop');
  expect(notifier.permission.get()).toBe('granted');
  notifier.show(TOLD);
  expect(shown).toEqual([]);
  expect(asked).toEqual([['shell.notify', { title: TOLD.title, body: TOLD.body, link: TOLD.link }]]);
});
