import { expect, test } from 'vitest';
import { createFloodFrames } from './flood-frames.ts';

const HOLD = '\x1b[?2026h';
const DRAW = '\x1b[?2026l';
const bytes = (text: string) => new TextEncoder().encode(text);
/** More lines than anybody reads: a flood in one write. */
const FLOOD = 'x\r\n'.repeat(2000);

function slowTerminal() {
  const written: string[] = [];
  const timers: { run: () => void; atMs: number }[] = [];
  let nowMs = 0;
  let isHeld = false;
  const frames = createFloodFrames({
    write: data =>
      void written.push(
        (typeof data === 'string' ? data : new TextDecoder().decode(data)).replace(FLOOD, 'FLOOD'),
      ),
    isHeld: () => isHeld,
    nowMs: () => nowMs,
    after(delayMs, run) {
      const timer = { run, atMs: nowMs + delayMs };
      timers.push(timer);
      return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
    },
  });
  return {
    frames,
    written,
    write: (text: string) => frames.write(bytes(text), () => undefined),
    setHeld: (held: boolean) => (isHeld = held),
    pass(ms: number) {
      nowMs += ms;
      for (const timer of timers.filter(({ atMs }) => atMs <= nowMs)) {
        if (!timers.includes(timer)) continue;
        timers.splice(timers.indexOf(timer), 1);
        timer.run();
      }
    },
  };
}

test('what a person can follow is written as it came', () => {
  const { write, written, pass } = slowTerminal();
  for (let frame = 0; frame < 600; frame += 1) {
    write(`${'\x1b[H'}${'a painted screen '.repeat(500)}`);
    pass(16);
  }
  for (let line = 0; line < 500; line += 1) {
    write('a line of a log\r\n');
    pass(2);
  }
  expect(written.filter(text => text === HOLD)).toEqual([]);
});

test('a flood is drawn once in a while, the next hold only after the frame was drawn', () => {
  const { frames, write, written, pass } = slowTerminal();
  write(FLOOD);
  write('a');
  pass(80);
  write('b');
  expect(written).toEqual([HOLD, 'FLOOD', 'a', DRAW, 'b']);
  frames.drawn();
  write(FLOOD);
  expect(written.slice(5)).toEqual([HOLD, 'FLOOD']);
});

test('the end of a flood is drawn as soon as it is quiet', () => {
  const { write, written, pass } = slowTerminal();
  write(FLOOD);
  pass(20);
  write('last line');
  pass(20);
  expect(written).toEqual([HOLD, 'FLOOD', 'last line']);
  pass(4);
  expect(written.at(-1)).toBe(DRAW);
});

test('no sequence of the output is cut', () => {
  const { write, written, pass } = slowTerminal();
  write('\x1b]0;a title');
  write(FLOOD);
  expect(written).not.toContain(HOLD);
  write('\x07');
  write(`${FLOOD}\x1b[3`);
  expect(written.slice(-2)).toEqual([HOLD, `FLOOD\x1b[3`]);
  pass(80);
  expect(written.at(-1)).toBe('FLOOD\x1b[3');
  write('1mred');
  expect(written.slice(-2)).toEqual(['1mred', DRAW]);
});

test('a program that holds frames back itself is left alone', () => {
  const { write, written, setHeld } = slowTerminal();
  setHeld(true);
  write(FLOOD);
  expect(written).toEqual(['FLOOD']);
});

test('each write is called back for, in order', () => {
  const done: string[] = [];
  const frames = createFloodFrames({
    write: (_data, then) => then?.(),
    isHeld: () => false,
    nowMs: () => 0,
    after: () => () => undefined,
  });
  frames.write(bytes(FLOOD), () => done.push('first'));
  frames.write(bytes('more'), () => done.push('second'));
  expect(done).toEqual(['first', 'second']);
});
