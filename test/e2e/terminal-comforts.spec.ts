import { expect } from '@playwright/test';
import { AppWindow } from './pages/app-window.ts';
import { SessionView } from './pages/session-view.ts';
import { test } from './support/fixtures.ts';
import { connectedSession } from './support/granted.ts';
import { look } from './support/look.ts';

const SECRET = 'correct-horse-battery';

test('links, pastes, search, selection, input methods, colours and scrollback as in a terminal that people like', async ({
  operator,
  approver,
  context,
}) => {
  const session = await connectedSession(operator, approver, {
    target: 'This machine',
    reason: 'Comforts of a terminal',
    length: '10 min',
  });
  const { page } = operator;
  const { terminal } = session;
  const dialog = page.getByRole('alertdialog');
  await terminal.run(`PS1='> '; clear`, /^> ?$/m);

  await test.step('a link is followed after its real address was shown, and only to the web', async () => {
    await context.route('https://evil.example/**', route => route.fulfill({ body: 'there' }));
    const link = (uri: string, text: string) => String.raw`\033]8;;${uri}\033\\${text}\033]8;;\033\\`;
    await terminal.run(
      `printf '${link('https://evil.example/x', `docs.ex''ample`)} ${link('file:///etc/passwd', `a-fi''le`)} https://example.com/u/olga.iva''nova@corp.example\\n'`,
      /docs\.example a-file https:/,
    );
    const docs = await terminal.placeOf('docs.example');
    await page.mouse.move(docs.x, docs.y);
    await expect(page.getByText('https://evil.example/x', { exact: true })).toBeVisible();
    await page.mouse.click(docs.x, docs.y);
    await expect(dialog.getByRole('heading', { name: 'Open evil.example?' })).toBeVisible();
    await expect(dialog).toContainText('The terminal shows it as “docs.example”.');
    await look(page, 'session-link');
    const opening = context.waitForEvent('page');
    await dialog.getByRole('button', { name: 'Open link' }).click();
    const opened = await opening;
    await opened.waitForURL('https://evil.example/x');
    expect(await opened.evaluate(() => window.opener === null && document.referrer === '')).toBe(true);
    await opened.close();
    await page.bringToFront();

    const file = await terminal.placeOf('a-file');
    await page.mouse.click(file.x, file.y);
    await expect(operator.message('Only web addresses (https, http) are opened')).toBeVisible();
    const masked = await terminal.placeOf('https://example.com');
    await page.mouse.move(masked.x, masked.y);
    await page.mouse.click(masked.x, masked.y);
    await expect(page.locator('.pointed-at')).toBeHidden();
    await expect(dialog).toBeHidden();
    await operator.closeMessages();
  });

  await test.step('a paste of several lines is shown first and not kept', async () => {
    await terminal.run('clear', /^> ?$/m);
    await terminal.paste(`echo ${SECRET}\nid\x1b[A\n`);
    await expect(dialog.getByRole('heading', { name: 'Paste 3 lines?' })).toBeVisible();
    await expect(dialog.getByTestId('paste-preview')).toContainText(`echo ${SECRET}↵`);
    await expect(dialog.getByTestId('paste-preview')).toContainText('id^[[A↵');
    await look(page, 'session-paste');
    await dialog.getByRole('button', { name: 'Do not paste' }).click();
    await expect(dialog).toBeHidden();
    expect(await page.content()).not.toContain(SECRET);
    expect(await terminal.text()).not.toContain(SECRET);

    await terminal.paste('echo joined \\\n   up\n');
    await dialog.getByRole('button', { name: 'Paste as one line' }).click();
    await terminal.shows(/^> echo joined up$/m);
    await terminal.run('', /^joined up$/m);

    await terminal.paste('echo first\necho second\n');
    await dialog.getByText('without asking in this session').click();
    await dialog.getByRole('button', { name: 'Paste', exact: true }).click();
    await terminal.run('', /^second$/m);
    await terminal.paste('echo third\necho fourth\n');
    await terminal.run('', /^fourth$/m);
    await expect(dialog).toBeHidden();
  });

  await test.step('the bell is seen', async () => {
    const flashed = page.evaluate(
      () =>
        new Promise<boolean>(resolve => {
          const watch = new MutationObserver(() => {
            if (document.querySelector('.terminal-element.has-bell') !== null) resolve(true);
          });
          watch.observe(document.body, { subtree: true, attributeFilter: ['class'] });
        }),
    );
    await terminal.run(`clear; printf 'ri''ng\\a\\n'`, /^ring$/m);
    expect(await flashed).toBe(true);
  });

  await test.step('search counts its hits and F3 goes on', async () => {
    await terminal.run(`clear; printf 'nee''dle one\\nNee''dle two\\nnee''dle three\\n'`, /needle three/);
    await terminal.press('Control+Shift+F');
    const search = page.getByRole('searchbox', { name: 'Search in the terminal' });
    const count = page.locator('.search-bar').getByRole('status');
    await search.fill('needle');
    await expect(count).toHaveText(/of 3$/);
    const before = await count.textContent();
    await page.keyboard.press('F3');
    await expect(count).not.toHaveText(before ?? '');
    await terminal.press('Shift+F3');
    await expect(count).toHaveText(before ?? '');
    await page.getByRole('button', { name: 'Match case' }).click();
    await expect(count).toHaveText(/of 2$/);
    await page.getByRole('button', { name: 'Regular expression' }).click();
    await search.fill('needle (');
    await expect(count).toHaveText('no valid pattern');
    await search.fill('needle t.r');
    await expect(count).toHaveText('1 of 1');
    await look(page, 'session-search');
    await search.press('Escape');
    await expect(search).toBeHidden();
  });

  await test.step('words and lines are selected, and the menu of a right click copies', async () => {
    await terminal.run(`clear; echo 'al''pha br''avo  char''lie'`, /^al/m);
    await terminal.run(`clear; echo alpha 'br'avo charlie`, /^alpha bravo charlie$/m);
    const first = await terminal.placeOf('bravo');
    const copy = () => page.keyboard.press('Control+Shift+C');
    await page.mouse.dblclick(first.x, first.y);
    expect(await terminal.copied(copy)).toBe('bravo');
    await page.mouse.click(first.x, first.y, { clickCount: 3 });
    expect((await terminal.copied(copy)).trimEnd()).toBe('alpha bravo charlie');
    const charlie = await terminal.placeOf('charlie');
    await page.mouse.click(first.x, first.y);
    await page.mouse.click(charlie.x, charlie.y, { button: 'right' });
    await expect(page.getByRole('menu', { name: 'Terminal' })).toBeVisible();
    const item = page.getByRole('menuitem', { name: 'Copy' });
    expect(await terminal.copied(() => item.click())).toBe('charlie');
    await operator.closeMessages();
    await page.mouse.click(charlie.x, charlie.y, { button: 'right' });
    await look(page, 'session-menu');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu', { name: 'Terminal' })).toBeHidden();
  });

  await test.step('an input method composes before it commits', async () => {
    await terminal.run('clear; cat', /^> ?clear; cat$|^$/m);
    await terminal.focus();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Input.imeSetComposition', { text: 'にほ', selectionStart: 2, selectionEnd: 2 });
    await expect(page.locator('.composition-view.active')).toHaveText('にほ');
    expect(await terminal.text()).not.toContain('にほ');
    await devtools.send('Input.imeSetComposition', { text: '日本', selectionStart: 2, selectionEnd: 2 });
    await devtools.send('Input.insertText', { text: '日本語' });
    await terminal.run('', /^日本語\n日本語$/m);
    await terminal.press('Control+d');
    await terminal.shows(/^> ?$/m);
  });

  await test.step('24 bits of colour arrive', async () => {
    await terminal.run(`clear; printf '\\033[38;2;120;200;255;48;2;30;20;60mtr''ue\\033[0m\\n'`, /^true$/m);
    const coloured = terminal.place.locator('.xterm-rows span', { hasText: /^true$/ });
    await expect(coloured).toHaveCSS('color', 'rgb(120, 200, 255)');
    await expect(coloured).toHaveCSS('background-color', 'rgb(30, 20, 60)');
  });

  await test.step('ten thousand lines can be scrolled back', async () => {
    await terminal.run('clear; seq 1 12345', /^12345\n> ?$/m);
    const box = await terminal.place.boundingBox();
    if (box === null) throw new Error('The terminal is not drawn.');
    await page.mouse.move(box.x + 50, box.y + 50);
    await page.mouse.wheel(0, -100);
    const slider = await terminal.place.locator('.scrollbar.vertical .slider').boundingBox();
    if (slider === null) throw new Error('There is no scrollbar.');
    await page.mouse.move(slider.x + slider.width / 2, slider.y + slider.height / 2);
    await page.mouse.down();
    await page.mouse.move(slider.x + slider.width / 2, box.y - 200, { steps: 5 });
    await page.mouse.up();
    const rows = await terminal.rows();
    const firstRow = async () => Number((await terminal.text()).split('\n')[0]);
    // all that went before the last rows - 1 numbers and the prompt, but no more than the scrollback
    await expect.poll(firstRow).toBe(12_345 - (rows - 1) - 10_000 + 1);
  });
  await test.step('the GPU draws, and what it had drawn stays when its driver takes it away', async () => {
    const second = await context.newPage();
    // Chromium here draws WebGL by the processor, which the terminal would not choose
    await second.addInitScript(() => {
      const { getParameter } = WebGL2RenderingContext.prototype;
      WebGL2RenderingContext.prototype.getParameter = function (name: number) {
        const value: unknown = getParameter.call(this, name);
        return typeof value === 'string' && /swiftshader|llvmpipe/i.test(value) ? 'A real GPU' : value;
      };
    });
    await second.goto(page.url());
    await new AppWindow(second).actAs('Omar Operator');
    // changing the account leads to the launcher
    await second.goto(page.url());
    const there = new SessionView(second);
    const canvas = there.terminal.place.locator('.xterm-screen canvas').first();
    await expect(canvas).toBeVisible();
    await there.terminal.type(`clear; echo drawn-""again\n`);
    await expect(there.terminal.place.locator('.xterm-rows > div')).toHaveCount(0);
    await canvas.evaluate(element => {
      for (const drawn of element.parentElement?.querySelectorAll('canvas') ?? [])
        drawn.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
    });
    await there.terminal.shows(/^drawn-again$/m);
    await there.terminal.run(`echo and-""typed`, /^and-typed$/m);
    await second.close();
    await page.bringToFront();
    await page.getByRole('button', { name: 'Show it here' }).click();
  });
  await session.end();
});
