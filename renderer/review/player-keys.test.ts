import { expect, test } from 'vitest';
import { otherSpeed, playerCommand } from './player-keys.ts';

const press = (key: string, more: object = {}) =>
  playerCommand({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });

test('keys do what the player says they do', () => {
  expect(press(' ')).toEqual({ kind: 'toggle' });
  expect(press('ArrowRight')).toEqual({ kind: 'step', byMs: 5_000 });
  expect(press('ArrowLeft', { shiftKey: true })).toEqual({ kind: 'jump', to: 'mark', direction: 'previous' });
  expect(press('>', { shiftKey: true })).toEqual({ kind: 'speed', direction: 'faster' });
  expect(press(']')).toEqual({ kind: 'jump', to: 'command', direction: 'next' });
  expect(press('N', { shiftKey: true })).toEqual({ kind: 'jump', to: 'hit', direction: 'previous' });
  expect(press('a')).toBeNull();
  expect(press('toString')).toBeNull();
  expect(press(' ', { ctrlKey: true })).toBeNull();
});

test('speed goes up and down its list and stays at its ends', () => {
  expect(otherSpeed(1, 'faster')).toBe(1.5);
  expect(otherSpeed(1, 'slower')).toBe(0.5);
  expect(otherSpeed(64, 'faster')).toBe(64);
  expect(otherSpeed(0.25, 'slower')).toBe(0.25);
});
