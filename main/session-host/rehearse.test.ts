import { expect, it } from 'vitest';
import { rehearsal } from './rehearse.ts';

// a step that throws is skipped in silence: the session would only be slow
it.each(rehearsal.map(step => [step.name, step] as const))('goes through: %s', async (_name, step) => {
  await expect(Promise.resolve(step())).resolves.toBeUndefined();
});
