import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { beforeAll, describe, expect, test } from 'vitest';
import { createBreakGlassKey, passShare, unlockBreakGlass } from './break-glass.ts';

interface Person {
  readonly identity: string;
  readonly recipient: string;
}
let anna: Person;
let ben: Person;
let cleo: Person;
beforeAll(async () => {
  [anna, ben, cleo] = await Promise.all([person(), person(), person()]);
});
async function person(): Promise<Person> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}
const everybody = () => [anna, ben, cleo].map(({ recipient }) => recipient);
const heard = () => Promise.resolve();
const none = new Uint8Array(0);

describe('a break-glass key', () => {
  test('is opened by any two custodians, after it was announced', async () => {
    const { recipient, shares } = await createBreakGlassKey(everybody());
    const people = [anna, ben, cleo];
    for (const [own, other] of [
      [0, 1],
      [1, 2],
      [2, 0],
    ] as const) {
      const reader = people[own] ?? anna;
      const passed = await passShare(shares[other] ?? none, people[other]?.identity ?? '', reader.recipient);
      const announced: string[][] = [];
      const opened = await unlockBreakGlass([shares[own] ?? none, passed], reader.identity, what => {
        announced.push([what.recipient, ...what.custodians]);
        return heard();
      });
      expect(await identityToRecipient(opened.identity)).toBe(recipient);
      expect(announced).toEqual([[recipient, people[own]?.recipient, people[other]?.recipient]]);
    }
  });

  test('is not opened by one alone, with whatever they hold', async () => {
    const { shares } = await createBreakGlassKey(everybody());
    const own = shares[0] ?? none;
    const passed = await passShare(own, anna.identity, anna.recipient);
    await expect(unlockBreakGlass([own], anna.identity, heard)).rejects.toThrow(/two custodians/);
    await expect(unlockBreakGlass([own, passed], anna.identity, heard)).rejects.toThrow(/two custodians/);
    await expect(unlockBreakGlass([own, shares[1] ?? none], anna.identity, heard)).rejects.toMatchObject({
      code: 'recording-unreadable',
    });
  });

  test('is not opened where the server was not told, nor with shares of two keys', async () => {
    const [first, second] = await Promise.all([
      createBreakGlassKey(everybody()),
      createBreakGlassKey(everybody()),
    ]);
    const mine = first.shares[0] ?? none;
    const passed = await passShare(first.shares[1] ?? none, ben.identity, anna.recipient);
    const unheard = () => Promise.reject(new Error('no server'));
    await expect(unlockBreakGlass([mine, passed], anna.identity, unheard)).rejects.toThrow('no server');
    const foreign = await passShare(second.shares[1] ?? none, ben.identity, anna.recipient);
    await expect(unlockBreakGlass([mine, foreign], anna.identity, heard)).rejects.toThrow(/different/);
  });

  test('has two different custodians at least', async () => {
    await expect(createBreakGlassKey([anna.recipient])).rejects.toMatchObject({ code: 'bad-input' });
    await expect(createBreakGlassKey([anna.recipient, anna.recipient])).rejects.toThrow(/twice/);
    await expect(createBreakGlassKey([anna.recipient, 'age1nobody'])).rejects.toThrow(/no age recipient/);
  });
});
