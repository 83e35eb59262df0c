import { expect } from '@playwright/test';
import type { SessionView } from './pages/session-view.ts';
import { test } from './support/fixtures.ts';
import { connectedSession } from './support/granted.ts';
import { expectMaskedRows, EXPORTED } from './support/personal-data.ts';

const PROMPT = /[$#] ?$/m;

test.describe('a session on an SSH host is a real terminal', () => {
  let session: SessionView;

  test.beforeEach(async ({ operator, approver }, { title }) => {
    session = await connectedSession(operator, approver, {
      target: 'web-01',
      reason: `Look at the host: ${title}`,
      length: '5 min',
    });
    await session.terminal.shows(PROMPT);
  });
  test.afterEach(() => session.end());

  test('colours, Unicode and the size of the window arrive', async ({ operator }) => {
    const { terminal } = session;
    await terminal.run(`printf '\\033[31mRE''D-TEXT\\033[0m plain\\n'`, /RED-TEXT plain/);
    await expect(terminal.place.locator('.xterm-fg-1', { hasText: 'RED-TEXT' })).toBeVisible();

    await terminal.run(
      `printf 'Gr\\xc3\\xbc\\xc3\\x9fe \\xe6\\x97\\xa5\\xe6\\x9c\\xac \\xf0\\x9f\\x9a\\xaa\\n'`,
      /Grüße 日本 🚪/,
    );
    await terminal.run('cat', /^.*cat$/m);
    await terminal.run('Zażółć ✓', /Zażółć ✓\nZażółć ✓/);
    await terminal.press('Control+d');

    const sizeOf = async (mark: string) => {
      await terminal.run(`echo ${mark}'=' $(stty size)`, new RegExp(`${mark}= \\d+ \\d+`));
      const [, rows, cols] = new RegExp(`${mark}= (\\d+) (\\d+)`).exec(await terminal.text()) ?? [];
      return { rows: Number(rows), cols: Number(cols) };
    };
    const before = await sizeOf('before');
    await operator.page.setViewportSize({ width: 900, height: 600 });
    await expect.poll(() => terminal.place.locator('.xterm-rows > div').count()).toBeLessThan(before.rows);
    const after = await sizeOf('after');
    expect(after.cols).toBeLessThan(before.cols);
    expect(after.rows).toBe(await terminal.place.locator('.xterm-rows > div').count());
  });

  test('full-screen programs draw, take keys and give the screen back', async () => {
    const { terminal } = session;
    const file = `/tmp/sallyport-e2e-${process.pid}.txt`;
    await terminal.run(`clear; vim -u NONE ${file}`, /~\n~\n~/);
    await terminal.type('iwritten in vim');
    await terminal.shows(/^written in vim/m);
    await terminal.press('Escape');
    await terminal.type(':wq\n');
    await terminal.run(`cat ${file} && rm ${file} && echo re''moved`, /written in vim\nremoved/);

    await terminal.run('clear; less "$DEMO_FILES/app.log"', /order=100001 /);
    await terminal.press('Space');
    await terminal.shows(/order=10004\d /);
    expect(await terminal.text()).not.toContain('order=100001 ');
    await terminal.press('q');
    await terminal.shows(PROMPT);

    await terminal.run('htop', /Load average/i);
    await terminal.press('q');
    await terminal.run('clear; echo ba""ck', /^back$/m);
    expect(await terminal.text()).not.toMatch(/Load average/i);
  });

  test('a program that floods the screen stops at Ctrl-C', async () => {
    const { terminal } = session;
    await terminal.run('yes flooding', /(^flooding\n){20}/m);
    await terminal.press('Control+c');
    await terminal.run('clear; echo quiet-$((6*7))', /^quiet-42$/m);
    expect(await terminal.text()).not.toContain('flooding');
  });

  test('Escape closes the search, also while a tooltip is shown', async ({ operator }) => {
    const { page } = operator;
    await session.bar.getByRole('button', { name: 'Search' }).click();
    const search = page.getByRole('searchbox', { name: 'Search in the terminal' });
    await expect(search).toBeFocused();
    await session.bar.getByRole('button', { name: 'Larger text' }).hover();
    await expect(page.getByRole('tooltip')).toBeVisible();
    await search.press('Escape');
    await expect(search).toBeHidden();
  });

  test('what is copied is what is shown: masked', async ({ operator }) => {
    const { terminal } = session;
    await terminal.run(`clear; ${EXPORTED.command}`, EXPORTED.done);
    expectMaskedRows(await terminal.text(), EXPORTED);
    const copied = await terminal.copyScreen();
    await expect(operator.message('Copied, as it is shown.')).toBeVisible();
    expectMaskedRows(copied, EXPORTED);
  });
});
