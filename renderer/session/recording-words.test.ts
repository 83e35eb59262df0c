import { expect, test } from 'vitest';
import type { RecordingHealth } from '../../contract/recording.ts';
import { timeOfDay } from '../app/duration-words.ts';
import { recordingWords } from './recording-words.ts';

const health = (change: Partial<RecordingHealth>): RecordingHealth => ({
  state: 'recording',
  segments: 3,
  spooledBytes: 5000,
  uploadedBytes: 3000,
  safeUpToMs: 1_700_000_000_000,
  spoolLeftBytes: null,
  ...change,
});

test('a healthy recording says up to when it is safe', () => {
  expect(recordingWords(health({})).short).toBe(`safe up to ${timeOfDay(1_700_000_000_000)}`);
  expect(recordingWords(health({})).tone).toBe('ok');
});

test('before the first acknowledgement nothing is called safe', () => {
  expect(recordingWords(health({ safeUpToMs: null })).short).toBe('nothing is on the server yet');
  expect(recordingWords(null).tone).toBe('warn');
});

test('an upload that is behind says by how much', () => {
  expect(recordingWords(health({ state: 'uploading-behind' })).long).toContain('2.0 kB behind');
});

test('a failed recording is danger, an uploaded one is fine', () => {
  expect(recordingWords(health({ state: 'failed' })).tone).toBe('danger');
  expect(recordingWords(health({ state: 'uploaded' })).tone).toBe('ok');
});

test('a spool that is nearly full is amber while the session runs, and says what helps', () => {
  const nearlyFull = (state: RecordingHealth['state']) =>
    recordingWords(health({ state, spoolLeftBytes: 12_000_000 }));
  expect(nearlyFull('recording')).toMatchObject({ tone: 'warn', short: 'recording room nearly full' });
  expect(nearlyFull('recording').long).toMatch(/12 MB are left .* end sessions/);
  expect(nearlyFull('offline').long).toMatch(/check your network/);
  expect(nearlyFull('failed').tone).toBe('danger');
  expect(nearlyFull('uploaded').tone).toBe('ok');
});
