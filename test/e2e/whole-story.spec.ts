import { expect } from '@playwright/test';
import { Approvals } from './pages/approvals.ts';
import { Launcher } from './pages/launcher.ts';
import { Player } from './pages/player.ts';
import { test } from './support/fixtures.ts';
import { look } from './support/look.ts';
import { CUSTOMERS, expectMaskedRows, expectNoPersonalData } from './support/personal-data.ts';

const REASON = 'Refund of order 100007 is stuck';
/** A mask of the demo's policy as it stands in a row: a phone number of which the last digits stay. */
const MASK = /[•*]{3,}/;

test('a request is narrowed, used on masked data, runs out, and its recording is reviewed', async ({
  operator,
  approver,
  reviewer,
}) => {
  const launcher = new Launcher(operator.page);

  await test.step('the operator asks with a reason', async () => {
    await operator.page.bringToFront();
    await launcher.request({ target: 'shop', reason: REASON, length: '10 min', ticket: 'OPS-7' });
    await expect(launcher.ownRequest(REASON)).toContainText('waits for an approver');
  });

  await test.step('the approver sees who, why and how long, and shortens it', async () => {
    await approver.goTo('Approvals');
    const approvals = new Approvals(approver.page);
    const card = approvals.request(REASON);
    await expect(card).toContainText('Omar Operator → shop');
    await expect(card).toContainText('10 minutes');
    await expect(card).toContainText('OPS-7');
    await approvals.approveShorter(REASON, '35s');
  });

  await operator.page.bringToFront();
  await expect(launcher.grant(REASON)).toContainText('Ada Approver');
  await operator.readTerminalsOut();
  const session = await launcher.connect(REASON);
  const { terminal } = session;

  await test.step('personal data is masked wherever the terminal is read', async () => {
    await terminal.shows(/shop=> ?$/m);
    expect(await session.masked()).toBe(0);
    await terminal.run('\\pset pager off', /Pager usage is off/);
    await terminal.run(CUSTOMERS.command, CUSTOMERS.done);
    const shown = await terminal.text();
    expectMaskedRows(shown, CUSTOMERS);
    expect(shown).toMatch(MASK);
    expectNoPersonalData(await session.everything());
    const spoken = () => terminal.place.locator('.xterm-accessibility').innerText();
    await expect.poll(spoken).toMatch(MASK);
    expectNoPersonalData(await spoken());
    const copied = await terminal.copyScreen();
    expectMaskedRows(copied, CUSTOMERS);
    await expect.poll(() => session.masked()).toBeGreaterThanOrEqual(80);
    expect(await session.secondsLeft()).toBeLessThanOrEqual(35);
  });

  await test.step('the end is announced before it comes', async () => {
    await expect(session.announcement).toContainText('seconds left', { timeout: 40_000 });
    await expect(session.countdown).toContainText('At zero input stops', { timeout: 40_000 });
    await terminal.type('SELECT 1');
  });

  await test.step('at zero the terminal is covered, and nothing of it is left to read', async () => {
    await expect(session.cover).toContainText('The time of this grant is over', { timeout: 40_000 });
    await operator.page.keyboard.type('23;\n');
    await expect(terminal.place).toBeHidden();
    const everything = await session.everything();
    expect(everything).not.toMatch(MASK);
    expect(everything).not.toContain('SELECT');
    expect(everything).not.toContain('national_id');
    await operator.closeMessages();
    await look(operator.page, 'lock-expired');
  });

  await test.step('after the grace the session has ended and its recording arrives', async () => {
    await expect(session.ended).toContainText('The time of the grant ran out', { timeout: 45_000 });
    await expect(session.ended).toContainText('Complete, signed and on the server', { timeout: 30_000 });
    await session.ended.getByRole('button', { name: 'Back to the launcher' }).click();
    await expect(launcher.recentSessions.first()).toContainText('The time of the grant ran out');
  });

  await test.step('the reviewer replays what was shown', async () => {
    await reviewer.page.bringToFront();
    await reviewer.goTo('Recordings');
    const player = new Player(reviewer.page);
    await player.open('shop');
    await expect(player.verification).toHaveText('Verified');
    await player.standAtStart();
    await player.pressControl('Play');
    await player.pressControl('Pause');
    await expect(player.controls.getByRole('button', { name: 'Play' })).toBeVisible();

    await player.position.press('Home');
    await expect.poll(() => player.positionMs()).toBe(0);
    await expect(player.masks.first()).toHaveAccessibleName(/, by .+, \d+% sure/);
    await player.masks.first().click();
    await expect.poll(() => player.text()).toMatch(MASK);
    const atMark = await player.positionMs();
    expect(atMark).toBeGreaterThan(0);
    await player.replay.press('Shift+ArrowRight');
    await player.replay.press('End');
    await expect.poll(() => player.text()).toMatch(CUSTOMERS.done);
    expectMaskedRows(await player.text(), CUSTOMERS);
    expectNoPersonalData(await reviewer.page.content());

    await player.position.press('Home');
    await player.setSpeed('8×');
    await player.pressControl('Play');
    await expect.poll(() => player.positionMs(), { timeout: 30_000 }).toBeGreaterThan(atMark);
    await expect(player.controls.getByRole('button', { name: /8×/ })).toBeVisible();
  });

  await test.step('the reviewer decides and exports', async () => {
    const player = new Player(reviewer.page);
    await player.decide('Reviewed', 'Used for what it was asked for');
    await expect(reviewer.message('The decision is saved')).toBeVisible();
    const { fileName, text } = await player.save('asciicast v2');
    expect(fileName).toMatch(/\.cast$/);
    const [header = '', ...events] = text.trim().split('\n');
    expect(JSON.parse(header)).toMatchObject({ version: 2 });
    // Marks stand between pieces of output, in the middle of a row where a piece ended there.
    const output = events
      .map(line => JSON.parse(line) as [number, string, string])
      .flatMap(([, kind, data]) => (kind === 'o' ? [data] : []))
      .join('');
    expectMaskedRows(output, CUSTOMERS);
    await reviewer.goTo('Recordings');
    await expect(reviewer.page.getByText('reviewed by Rita Reviewer').first()).toBeVisible();
  });
});
