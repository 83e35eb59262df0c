import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInputGate } from './input-gate.ts';

function setUp(takes = true) {
  const passed: string[] = [];
  const changes: boolean[] = [];
  const gate = createInputGate({
    pass(bytes) {
      if (takes) passed.push(new TextDecoder().decode(bytes));
      return takes;
    },
    onChange: isOpen => changes.push(isOpen),
  });
  const type = (s: string): boolean => gate.input(new TextEncoder().encode(s));
  return { gate, passed, changes, type };
}

describe('the input gate', () => {
  it('is closed from the start, drops and counts what comes', () => {
    const { gate, passed, type } = setUp();
    expect(type('rm -rf /')).toBe(false);
    expect({ passed, dropped: gate.droppedBytes, isOpen: gate.isOpen }).toEqual({
      passed: [],
      dropped: 8,
      isOpen: false,
    });
  });

  it('lets input through once main opened it, and not what was typed before', () => {
    const { gate, passed, type } = setUp();
    type('before');
    gate.allow(true);
    expect(type('ls')).toBe(true);
    expect(passed).toEqual(['ls']);
  });

  it('closes in the same tick by word and by cover', () => {
    const { gate, passed, type, changes } = setUp();
    gate.allow(true);
    gate.allow(false);
    type('a');
    gate.allow(true);
    gate.setCovered(true);
    type('b');
    expect(passed).toEqual([]);
    expect(changes).toEqual([true, false, true, false]);
  });

  it.each([
    ['open, then uncover', ['allow', 'uncover'] as const],
    ['uncover, then open', ['uncover', 'allow'] as const],
  ])('reopens after a cover by a word of main and its lifting: %s', (_name, order) => {
    const { gate } = setUp();
    gate.allow(true);
    gate.setCovered(true);
    for (const act of order) {
      expect(gate.isOpen).toBe(false);
      if (act === 'allow') gate.allow(true);
      else gate.setCovered(false);
    }
    expect(gate.isOpen).toBe(true);
  });

  it('does not reopen by lifting the cover alone', () => {
    const { gate } = setUp();
    gate.allow(true);
    gate.setCovered(true);
    gate.setCovered(false);
    expect(gate.isOpen).toBe(false);
  });

  it('stays closed for good once shut', () => {
    const { gate, type } = setUp();
    gate.allow(true);
    gate.shut();
    gate.allow(true);
    gate.setCovered(false);
    expect(type('x')).toBe(false);
  });

  it('counts input that the transport refuses as dropped', () => {
    const { gate, type } = setUp(false);
    gate.allow(true);
    expect(type('abc')).toBe(false);
    expect(gate.droppedBytes).toBe(3);
  });

  it('is open exactly while main said so last, after the last cover, and nothing covers', () => {
    const act = fc.constantFrom('allow', 'deny', 'cover', 'uncover', 'input');
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), acts => {
        const { gate, passed, type } = setUp();
        let word = false;
        let covered = false;
        let expected = 0;
        for (const a of acts) {
          if (a === 'allow') gate.allow((word = true));
          else if (a === 'deny') gate.allow((word = false));
          else if (a === 'cover') {
            covered = true;
            word = false;
            gate.setCovered(true);
          } else if (a === 'uncover') gate.setCovered((covered = false));
          else {
            type('x');
            if (word && !covered) expected += 1;
          }
          expect(gate.isOpen).toBe(word && !covered);
        }
        expect(passed).toHaveLength(expected);
      }),
    );
  });
});
