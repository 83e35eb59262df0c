import { expect, it } from 'vitest';
import { chaos } from '../chaos/chaos-run.ts';

// `npm run chaos` does it two hundred times and holds the loss to its milliseconds, which say nothing on a machine that is busy with tests.
it('a host, a client, a server and all of them, killed at any moment, leave recordings that verify, and lose nothing that was acknowledged', {
  timeout: 120_000,
}, async () => {
  const summary = await chaos({
    runs: 4,
    seed: 5,
    onOutcome: outcome => expect(outcome.unverified).toBeNull(),
  });
  expect(summary).toMatchObject({ runs: 4, lostAcknowledged: 0, unverified: 0 });
});
