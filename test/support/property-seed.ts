import process from 'node:process';
import fc from 'fast-check';

/**
 * Properties are tried on the same cases in every run, so that a change is judged and not the dice; `PROPERTY_SEED=random`
 * (or a number) tries others. What a random run finds becomes an example of the property.
 */
const wish = process.env['PROPERTY_SEED'];
if (wish !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wish ?? 20_261) });
