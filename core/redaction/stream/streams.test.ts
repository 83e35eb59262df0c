import { describe, expect, it } from 'vitest';
import { bytesOf, leaks, redact, render, textOf } from './testing/terminal.ts';

const EMAIL = 'olga.ivanova@corp.ru';
const CARD = '4012888888881881';
const IBAN = 'DE89370400440532013000';
const SSN = '078-05-1123';
const KEY = 'AKIAQ3EGRZ7XW5T2MNBV';
const PEM_BODY = 'MIIEowIBAAKCAQEAx7Kq8vD3mYpTnQfWb2Lr5sHcUjGz';
const PEM = `-----BEGIN RSA PRIVATE KEY-----\r\n${PEM_BODY}\r\n${PEM_BODY.toLowerCase()}\r\n`;

const split = (text: string, at: number) => [bytesOf(text).slice(0, at), bytesOf(text).slice(at)];

/** The values are gone from every byte, row and title, in one write, in halves, and with the timer between the halves. */
async function expectHidden(chunks: readonly string[], values: readonly string[]): Promise<void> {
  for (const flushes of [false, true]) {
    const { bytes } = redact(chunks, { flushes });
    for (const value of values) expect(await leaks(value, bytes), `${value}, timer ${flushes}`).toEqual([]);
  }
}

describe('streams that must survive', () => {
  it.each([EMAIL, CARD, IBAN, SSN, KEY])('1: %s cut at every position', async value => {
    const text = `mail ${value} ok`;
    const whole = await render(redact([text]).bytes);
    expect(whole.rows[0]).toHaveLength(text.length);
    for (let at = 0; at <= text.length; at++) {
      const { bytes } = redact(split(text, at));
      expect(await leaks(value, bytes)).toEqual([]);
      expect(await render(bytes)).toEqual(whole);
    }
    const single = redact([...text]);
    expect(await render(single.bytes)).toEqual(whole);
    expect(single.marks).toHaveLength(1);
  });

  it('2: the head of a card is masked when the timer fires, not after', async () => {
    const { bytes, marks } = redact(['card 4012 8888', ' 8888 1881', '\r\nnext'], { flushes: true });
    expect(await leaks(CARD, bytes)).toEqual([]);
    expect((await render(bytes)).rows.slice(0, 2)).toEqual(['card **** **** **** ****', 'next']);
    expect(marks).toHaveLength(1);
  });

  it('2: what was shown before it was a value is painted over, in its place and colours', async () => {
    const chunks = ['\x1b[32mmail olga', '.iva\x1b[0mnova@corp.ru ', '\r\nnext \x1b[1m'];
    const run = redact(chunks, { flushes: true });
    expect((await render(run.bytes)).rows.slice(0, 2)).toEqual(['mail ••••.•••••••@••••.••', 'next']);
    expect(run.marks).toHaveLength(1);
    expect(textOf(run.bytes)).toContain('\x1b[0;32m••••');
    const atMargin = [`${' '.repeat(72)}olga`, '.iva', 'nova@corp.ru ok \r\n'];
    const plain = await render(bytesOf(atMargin.join('')));
    const masked = await render(redact(atMargin, { flushes: true }).bytes);
    expect(masked.rows.slice(0, 2)).toEqual([`${' '.repeat(72)}••••.•••`, '••••@••••.•• ok']);
    expect([masked.cursor, masked.wraps]).toEqual([plain.cursor, plain.wraps]);
  });

  it('3: a cut inside a character, a CSI and an OSC only waits', async () => {
    const text = `é界\x1b[1;31m${EMAIL}\x1b[0m\x1b]0;me ${EMAIL}\x07 é`;
    const whole = await render(redact([text]).bytes);
    for (let at = 0; at <= bytesOf(text).length; at++) {
      const { bytes } = redact(split(text, at));
      expect(await leaks(EMAIL, bytes)).toEqual([]);
      expect(await render(bytes)).toEqual(whole);
    }
  });

  it('4: a private key in writes of 17 bytes, with its end and without', async () => {
    for (const rest of ['-----END RSA PRIVATE KEY-----\r\nroot@db:~# ls\r\n', 'root@db:~# ls\r\n']) {
      const bytes = bytesOf(`cat key\r\n${PEM}${rest}plain text\r\n`);
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += 17) chunks.push(bytes.slice(at, at + 17));
      for (const flushes of [false, true]) {
        const run = redact(chunks, { flushes });
        expect(await leaks(PEM_BODY, run.bytes)).toEqual([]);
        const { rows } = await render(run.bytes);
        expect(rows.join('\n')).toContain('root@db:~# ls\nplain text');
      }
    }
  });

  it('5: the beginning of nothing is shown when its time is over', () => {
    const { bytes } = redact(['IBAN: I'], { flushes: true });
    expect(textOf(bytes)).toBe('IBAN: I');
  });

  it('6: colours around, in and before every character', async () => {
    const rainbow = [...CARD].map((c, i) => `\x1b[38;2;${i};9;9m${c}`).join('');
    const grep = `card \x1b[01;31m\x1b[K4012\x1b[m\x1b[K888888881881 \r\n`;
    await expectHidden([`\x1b[32m ${CARD} \x1b[0m`], [CARD]);
    await expectHidden([`${rainbow}\x1b[0m \r\n`], [CARD]);
    await expectHidden([grep], [CARD]);
    expect((await render(redact([grep]).bytes)).rows[0]).toBe('card ****************');
  });

  it('7: links, titles and directories', async () => {
    const link = `\x1b]8;id=${EMAIL};mailto:${EMAIL}\x1b\\${EMAIL}\x1b]8;;\x1b\\ \r\n`;
    const encoded = `\x1b]8;;https://x/?q=olga.ivanova%40corp.ru\x07here\x1b]8;;\x07\r\n`;
    const titles = `\x1b]0;${EMAIL}\x07\x1b]2;card ${CARD}\x1b\\\x1b]7;file://host/home/${EMAIL}\x07`;
    for (const text of [link, encoded, titles]) await expectHidden([text], [EMAIL, CARD]);
    expect((await render(redact([encoded]).bytes)).rows[0]).toBe('here');
    const clipboard = redact(['a\x1b]52;c;b2xnYS5pdmFub3ZhQGNvcnAucnU=\x07b']);
    expect(textOf(clipboard.bytes)).toBe('ab');
  });

  it.each([EMAIL, CARD, IBAN, KEY])(
    '8: %s over the right margin, by the terminal and by the program',
    async value => {
      for (let x = 80 - value.length; x <= 80; x++) {
        const padding = `${'.'.repeat(x - 2)}: `;
        await expectHidden([`${padding}${value} ok\r\n`], [value]);
        const text = padding + value;
        if (text.length > 80)
          await expectHidden([`${text.slice(0, 80)}\r\n${text.slice(80)} ok\r\n`], [value]);
        if (text.length > 80)
          await expectHidden([`\x1b[H${text.slice(0, 80)}\x1b[2;1H${text.slice(80)} ok\x1b[9H`], [value]);
      }
    },
  );

  it('9: halves that are put in place by address, in either order', async () => {
    const [left, right] = ['\x1b[5;4H40128888', '\x1b[5;12H88881881'];
    for (const chunks of [
      [left, right],
      [right, left],
    ]) {
      await expectHidden([...chunks, '\x1b[9;1H'], [CARD]);
      await expectHidden([chunks.join('')], [CARD]);
      await expectHidden([`${chunks.join('')}\x1b[2J`], [CARD]);
    }
    const { bytes } = redact([right, left, '\x1b[9;1H'], { flushes: true });
    expect((await render(bytes)).rows[4]).toBe('   ****************');
  });

  it('10: overwriting, backspaces, line editing, bracketed paste', async () => {
    await expectHidden([`${CARD} secret\rnothing          \r\n`], [CARD]);
    await expectHidden([`olga.ivanoXX\b\bva@corp.ru \r\n`], [EMAIL]);
    await expectHidden([`${[...EMAIL].map(c => `${c}\b${c}`).join('')} \r\n`], [EMAIL]);
    // what stood there before it was a value may have been shown: it is the screen that counts
    const edited = ['$ olga.ivanova corp.ru', '\x1b[8D@', '\x1b[7C', '\r\n'];
    expect(await leaks(EMAIL, redact([edited.join('')]).bytes)).toEqual([]);
    expect((await render(redact(edited, { flushes: true }).bytes)).rows[0]).toBe('$ ••••.•••••••@••••.••');
    expect(
      (
        await render(
          redact(['$ olga@corp.ru', '\b'.repeat(7), '\x1b[3@x.y', '\r\n'], { flushes: true }).bytes,
        )
      ).rows[0],
    ).toBe('$ ••••@•.•••••.••');
    await expectHidden([`\x1b[?2004h$ `, `\x1b[7m${EMAIL}\x1b[27m`, '\r\n\x1b[?2004l'], [EMAIL]);
    await expectHidden([`4012\x1b[4X\x1b[1C\x1b[1D888888881881`, '\r\n'], [CARD]);
  });

  it('11: the alternate screen with a scroll region, inserted and deleted lines, and back', async () => {
    const chunks = [
      'prompt\r\n\x1b[?1049h\x1b[2J\x1b[3;10r\x1b[5;1H',
      `one ${EMAIL}\x1b[4;1H\x1b[2L`,
      `two ${CARD}\x1b[5;1H\x1b[M\x1b[10;1H\n\n`,
      `three ${IBAN}\x1bM\x1b[3;1H\x1bM\x1b[2S`,
      '\x1b[r\x1b[?1049l',
      `back ${KEY} \r\n`,
    ];
    await expectHidden(chunks, [EMAIL, CARD, IBAN, KEY]);
    await expectHidden([chunks.join('')], [EMAIL, CARD, IBAN, KEY]);
  });

  it('14: borders stay where they are after wide characters', async () => {
    const table = [
      '┌────┬──────────────────────┐',
      `│世界│ ${EMAIL} │`,
      `│👍é │ ${CARD}     │`,
      '└────┴──────────────────────┘',
    ];
    const { bytes } = redact([table.join('\r\n')]);
    const [plain, masked] = await Promise.all([render(bytesOf(table.join('\r\n'))), render(bytes)]);
    expect(masked.rows.map(row => [...row].findIndex(c => c === '│'))).toEqual(
      plain.rows.map(row => [...row].findIndex(c => c === '│')),
    );
    expect(masked.rows.map(row => row.length)).toEqual(plain.rows.map(row => row.length));
    expect(masked.rows[1]).toBe('│世界│ ••••.•••••••@••••.•• │');
    expect(await leaks(EMAIL, bytes)).toEqual([]);
  });
});
