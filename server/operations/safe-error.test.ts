import { describe, expect, test } from 'vitest';
import { safeError } from './safe-error.ts';

describe('an error in the log', () => {
  test('keeps its name, words, code, place and cause', () => {
    const error = Object.assign(new TypeError('broken', { cause: new Error('the reason') }), {
      code: '23505',
    });
    expect(safeError(error)).toMatchObject({
      type: 'TypeError',
      message: 'broken',
      code: '23505',
      stack: expect.stringContaining('safe-error.test.ts'),
      cause: { type: 'Error', message: 'the reason' },
    });
  });

  test('loses what clients hang on it, and passwords in addresses', () => {
    const error = Object.assign(new Error('cannot reach postgresql://app:hunter2@db:5432/x'), {
      detail: 'Key (code_hash)=(hunter2) exists',
      parameters: ['hunter2'],
      $response: { headers: { authorization: 'hunter2' } },
    });
    const text = JSON.stringify(safeError(Object.assign(error, { cause: { password: 'hunter2' } })));
    expect(text).not.toContain('hunter2');
    expect(text).toContain('postgresql://app:[redacted]@db:5432/x');
  });

  test('ends where causes go round', () => {
    const error: Error & { cause?: unknown } = new Error('round');
    error.cause = error;
    expect(JSON.stringify(safeError(error)).length).toBeLessThan(20_000);
  });
});
