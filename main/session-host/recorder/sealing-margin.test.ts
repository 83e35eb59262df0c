import { describe, expect, it } from 'vitest';
import { createSealingMargin } from './sealing-margin.ts';

describe('the time that sealing gets', () => {
  it('is much at first, little on a fast disk, and grows at once with a slow one', () => {
    const margin = createSealingMargin();
    expect(margin.ms).toBe(150);
    for (let n = 0; n < 30; n += 1) margin.took(4);
    expect(margin.ms).toBe(50);
    margin.took(60);
    expect(margin.ms).toBe(120);
    margin.took(5_000);
    expect(margin.ms).toBe(150);
    for (let n = 0; n < 100; n += 1) margin.took(4);
    expect(margin.ms).toBe(50);
  });
});
