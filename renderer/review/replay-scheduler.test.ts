import { expect, test } from 'vitest';
import type { ReplayEvent } from '../../contract/ipc.ts';
import type { ReplayWindowAnswer } from './replay-scheduler.ts';
import { createReplayScheduler } from './replay-scheduler.ts';

const out = (atMs: number, text = `<${atMs}>`): ReplayEvent => ({ kind: 'output', atMs, text });

/** A recording with a keyframe every ten seconds, a clock that is moved by hand, and a screen that is a string. */
function fakePlayer(events: ReplayEvent[], durationMs: number) {
  let nowMs = 0;
  let shown = '';
  const sizes: string[] = [];
  const reads: { fromMs: number; toMs: number; fromKeyframe: boolean }[] = [];
  let hold: Promise<void> = Promise.resolve();
  let fault: Error | null = null;
  const scheduler = createReplayScheduler({
    durationMs,
    now: () => nowMs,
    screen: {
      reset: (cols, rows) => {
        shown = '';
        sizes.push(`${cols}x${rows}`);
      },
      resize: (cols, rows) => void sizes.push(`${cols}x${rows}`),
      write: text => void (shown += text),
    },
    async read(fromMs, toMs, fromKeyframe): Promise<ReplayWindowAnswer> {
      reads.push({ fromMs, toMs, fromKeyframe });
      await hold;
      if (fault !== null) throw fault;
      const startMs = fromKeyframe ? Math.floor(fromMs / 10_000) * 10_000 : fromMs;
      const keyframe = fromKeyframe ? { atMs: startMs, cols: 80, rows: 24, text: `[${startMs}]` } : null;
      return { keyframe, events: events.filter(({ atMs }) => atMs >= startMs && atMs < toMs), upToMs: toMs };
    },
  });
  const settle = () => new Promise(resolve => setImmediate(resolve));
  return {
    scheduler,
    reads,
    sizes,
    settle,
    shown: () => shown,
    holdReads() {
      let release: () => void = () => undefined;
      hold = new Promise(resolve => (release = resolve));
      return () => {
        release();
        hold = Promise.resolve();
      };
    },
    failReads: (error: Error | null) => (fault = error),
    async pass(ms: number) {
      nowMs += ms;
      scheduler.tick();
      await settle();
    },
  };
}

test('a seek shows the keyframe and everything after it up to the moment, and nothing later', async () => {
  const player = fakePlayer([out(9_000), out(12_000), out(15_000), out(15_001)], 60_000);
  await player.scheduler.seek(15_000);
  expect(player.shown()).toBe('[10000]<12000><15000>');
  expect(player.scheduler.get().positionMs).toBe(15_000);
  expect(player.scheduler.get().isWaiting).toBe(false);
});

test('playing shows each event at its time', async () => {
  const player = fakePlayer([out(500), out(1500)], 10_000);
  await player.scheduler.seek(0);
  player.scheduler.play();
  await player.pass(499);
  expect(player.shown()).toBe('[0]');
  await player.pass(1);
  expect(player.shown()).toBe('[0]<500>');
  await player.pass(1000);
  expect(player.shown()).toBe('[0]<500><1500>');
});

test('speed multiplies the time that passes', async () => {
  const player = fakePlayer([out(500), out(1900)], 10_000);
  await player.scheduler.seek(0);
  player.scheduler.setSpeed(4);
  player.scheduler.play();
  await player.pass(475);
  expect(player.shown()).toBe('[0]<500><1900>');
  expect(player.scheduler.get().positionMs).toBe(1900);
});

test('paused, nothing moves', async () => {
  const player = fakePlayer([out(500)], 10_000);
  await player.scheduler.seek(0);
  await player.pass(5_000);
  expect(player.scheduler.get().positionMs).toBe(0);
  expect(player.shown()).toBe('[0]');
});

test('silence is skipped down to a moment before the next event', async () => {
  const player = fakePlayer([out(9_000)], 10_000);
  await player.scheduler.seek(0);
  player.scheduler.play();
  await player.pass(10);
  expect(player.scheduler.get().positionMs).toBe(8_500);
  expect(player.shown()).toBe('[0]');
});

test('silence is played when skipping is off', async () => {
  const player = fakePlayer([out(9_000)], 10_000);
  player.scheduler.setSkipsIdle(false);
  await player.scheduler.seek(0);
  player.scheduler.play();
  await player.pass(10);
  expect(player.scheduler.get().positionMs).toBe(10);
});

test('an hour of silence is crossed by a few growing windows', async () => {
  const player = fakePlayer([out(100), out(3_600_000)], 3_600_000);
  await player.scheduler.seek(0);
  player.scheduler.play();
  for (let step = 0; step < 60; step += 1) await player.pass(100);
  expect(player.scheduler.get().positionMs).toBe(3_600_000);
  expect(player.shown()).toBe('[0]<100><3600000>');
  expect(player.reads.length).toBeLessThan(20);
});

test('the last event is shown, then the player pauses at the end', async () => {
  const player = fakePlayer([out(0), out(1_000)], 1_000);
  await player.scheduler.seek(0);
  player.scheduler.play();
  await player.pass(2_000);
  expect(player.shown()).toBe('[0]<0><1000>');
  expect(player.scheduler.get()).toMatchObject({ positionMs: 1_000, isPlaying: false });
});

test('play at the end begins anew', async () => {
  const player = fakePlayer([out(100)], 1_000);
  await player.scheduler.seek(1_000);
  player.scheduler.play();
  await player.settle();
  expect(player.scheduler.get()).toMatchObject({ positionMs: 0, isPlaying: true });
});

test('it waits at the edge of what is read, then goes on without losing an event', async () => {
  const player = fakePlayer([out(9_900), out(10_000), out(10_100)], 60_000);
  player.scheduler.setSkipsIdle(false);
  await player.scheduler.seek(9_000);
  player.scheduler.pause();
  const release = player.holdReads();
  player.scheduler.play();
  await player.pass(11_000);
  expect(player.scheduler.get()).toMatchObject({ positionMs: 19_000, isWaiting: true });
  release();
  await player.settle();
  await player.pass(100);
  expect(player.scheduler.get().isWaiting).toBe(false);
  expect(player.shown()).toBe('[0]<9900><10000><10100>');
});

test('a later seek wins over one that is still being read', async () => {
  const player = fakePlayer([out(1_000), out(31_000)], 60_000);
  const release = player.holdReads();
  const first = player.scheduler.seek(1_000);
  const second = player.scheduler.seek(31_000);
  release();
  await Promise.all([first, second]);
  expect(player.shown()).toBe('[30000]<31000>');
  expect(player.scheduler.get().positionMs).toBe(31_000);
});

test('a window that cannot be read pauses with its message; a seek tries again', async () => {
  const player = fakePlayer([out(100)], 1_000);
  player.failReads(new Error('Segment 3 is damaged.'));
  await player.scheduler.seek(0);
  expect(player.scheduler.get()).toMatchObject({
    problem: 'Segment 3 is damaged.',
    isPlaying: false,
    isWaiting: false,
  });
  player.failReads(null);
  await player.scheduler.seek(500);
  expect(player.scheduler.get().problem).toBeNull();
  expect(player.shown()).toBe('[0]<100>');
});

test('the screen takes the size that the recording had', async () => {
  const player = fakePlayer([{ kind: 'resize', atMs: 500, cols: 120, rows: 40 }], 1_000);
  await player.scheduler.seek(0);
  player.scheduler.play();
  await player.pass(600);
  expect(player.sizes).toEqual(['80x24', '120x40']);
});

test('steps from output to output, on and back, over long silence', async () => {
  const { scheduler, shown } = fakePlayer([out(100), out(200), out(300_000)], 400_000);
  await scheduler.seek(0);
  await scheduler.stepOutput('next');
  await scheduler.stepOutput('next');
  expect(scheduler.get()).toMatchObject({ positionMs: 200, isPlaying: false });
  expect(shown()).toBe('[0]<100><200>');
  await scheduler.stepOutput('next');
  expect(scheduler.get().positionMs).toBe(300_000);
  await scheduler.stepOutput('next');
  expect(scheduler.get().positionMs).toBe(300_000);
  await scheduler.stepOutput('previous');
  expect(scheduler.get().positionMs).toBe(200);
  await scheduler.stepOutput('previous');
  await scheduler.stepOutput('previous');
  expect(scheduler.get().positionMs).toBe(100);
});

test('a jump that could not be read is made again, by asking or by playing, and never played on from the moment before', async () => {
  const player = fakePlayer([out(1_000), out(25_000), out(26_000)], 60_000);
  await player.scheduler.seek(0);
  player.failReads(new Error('the server is away'));
  await player.scheduler.seek(25_500);
  expect(player.scheduler.get()).toMatchObject({ positionMs: 25_500, problem: 'the server is away' });
  player.scheduler.retry();
  await player.settle();
  expect(player.scheduler.get().problem).toBe('the server is away');
  player.failReads(null);
  player.scheduler.play();
  await player.settle();
  expect(player.shown()).toBe('[20000]<25000>');
  expect(player.scheduler.get()).toMatchObject({ problem: null, isPlaying: true });
  player.scheduler.retry();
  expect(player.scheduler.get().seeks).toBe(4);
});

test('what could not be read ahead is asked for again, without a jump', async () => {
  const player = fakePlayer([out(1_000), out(15_000)], 60_000);
  await player.scheduler.seek(0);
  player.failReads(new Error('the server is away'));
  player.scheduler.play();
  await player.pass(5_000);
  expect(player.scheduler.get()).toMatchObject({ problem: 'the server is away', isPlaying: false });
  player.failReads(null);
  player.scheduler.retry();
  await player.pass(0);
  player.scheduler.play();
  for (let i = 0; i < 4; i += 1) await player.pass(5_000);
  expect(player.shown()).toBe('[0]<1000><15000>');
});
