import type { FuzzCase } from './fuzz-case.ts';
import type { Failure } from './run-case.ts';

/**
 * Failures that `npm run fuzz` shows and nobody has mended yet; the sample of the unit tests lets them pass, so that it fails for every
 * other one. What is mended leaves this list, and a case of it goes to found.test.ts.
 */
export interface OpenLeak {
  readonly name: string;
  readonly applies: (fuzzCase: FuzzCase, failure: Failure) => boolean;
}

export const OPEN_LEAKS: readonly OpenLeak[] = [];
