import { describe, expect, it } from 'vitest';
import type { RecordingHealth } from '../../../contract/recording.ts';
import { healthWords, maskedWords } from './health-words.ts';

const HEALTH: RecordingHealth = {
  state: 'recording',
  segments: 3,
  spooledBytes: 5_000,
  uploadedBytes: 2_000,
  safeUpToMs: Date.UTC(2027, 0, 1, 12, 4, 11),
  spoolLeftBytes: null,
};

describe('the light of a recording in words', () => {
  it('says how far it is safe, and keeps still in the title while that moves', () => {
    const before = healthWords(HEALTH);
    const after = healthWords({ ...HEALTH, safeUpToMs: (HEALTH.safeUpToMs ?? 0) + 60_000, segments: 9 });
    expect(before).toMatchObject({ short: 'recorded', warning: null });
    expect(before.long).toMatch(/safe up to \d/);
    expect(after.short).toBe(before.short);
    expect(healthWords({ ...HEALTH, safeUpToMs: null }).long).toContain('nothing is on the server yet');
  });

  it.each([
    [{ state: 'offline' }, /upload offline/, /follows by itself/],
    [{ spoolLeftBytes: 2_000_000 }, /nearly full/, /Only 2\.0 MB are left/],
    [{ state: 'failed' }, /failed/, /cannot go on/],
  ] as const)('warns of %j', (change, short, warning) => {
    const words = healthWords({ ...HEALTH, ...change });
    expect(words.short).toMatch(short);
    expect(words.warning).toMatch(warning);
  });

  it('does not warn of room for a recording that is closed', () => {
    expect(healthWords({ ...HEALTH, state: 'sealed', spoolLeftBytes: 1 }).warning).toBeNull();
  });
});

it('counts what was hidden, the most first', () => {
  expect(maskedWords({ card: 1, email: 3, phone: 0 })).toBe('3 email, 1 card');
  expect(maskedWords({})).toBe('');
});
