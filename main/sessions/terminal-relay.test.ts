import { describe, expect, test } from 'vitest';
import {
  decodeHostMessage,
  decodeTerminalMessage,
  encodeHostMessage,
  encodeTerminalMessage,
} from '../../core/data-plane/frame.ts';
import { createTerminalRelay, KEPT_OUTPUT_BYTES } from './terminal-relay.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const output = (seq: number, text: string) => encodeHostMessage({ kind: 'output', seq, bytes: encode(text) });
const ack = (seq: number) => encodeTerminalMessage({ kind: 'ack', seq });
const typed = (text: string) => encodeTerminalMessage({ kind: 'input', bytes: encode(text) });

function setUp() {
  const gate = { isOpen: true };
  const sent: unknown[] = [];
  const relay = createTerminalRelay({
    toHost: frame => sent.push(decodeTerminalMessage(frame)),
    mayInput: () => gate.isOpen,
  });
  const terminal = () => {
    const shown: string[] = [];
    const closed: string[] = [];
    const port = {
      send(frame: Uint8Array) {
        const message = decodeHostMessage(frame);
        if (message?.kind === 'output') shown.push(new TextDecoder().decode(message.bytes));
      },
      closed: (why: string) => closed.push(why),
    };
    return { port, shown, closed };
  };
  relay.setCovered(false);
  return { relay, gate, sent, terminal };
}

describe('terminal relay', () => {
  test('a terminal that comes late sees what was shown before, after a reset', () => {
    const { relay, terminal } = setUp();
    relay.takeHostFrame(output(1, 'one'));
    relay.takeHostFrame(output(2, 'two'));
    const late = terminal();
    relay.attach(late.port);
    relay.takeHostFrame(output(3, 'three'));
    expect(late.shown).toEqual(['\x1bcone', 'two', 'three']);
  });

  test('while covered, a new terminal gets nothing; after that, everything once', () => {
    const { relay, terminal } = setUp();
    relay.takeHostFrame(output(1, 'one'));
    relay.setCovered(true);
    const late = terminal();
    relay.attach(late.port);
    expect(late.shown).toEqual([]);
    relay.setCovered(false);
    relay.setCovered(true);
    relay.setCovered(false);
    expect(late.shown).toEqual(['\x1bcone']);
  });

  test('output that was on its way when the cover came is shown after it', () => {
    const { relay, terminal } = setUp();
    const first = terminal();
    relay.attach(first.port);
    relay.takeHostFrame(output(1, 'one'));
    relay.setCovered(true);
    relay.takeHostFrame(output(2, 'two'));
    expect(first.shown).toEqual(['one']);
    relay.setCovered(false);
    expect(first.shown).toEqual(['one', 'two']);
  });

  test('with no terminal, output is acknowledged here, so that the program goes on', () => {
    const { relay, sent, terminal } = setUp();
    relay.takeHostFrame(output(1, 'one'));
    expect(sent).toEqual([{ kind: 'ack', seq: 1 }]);
    const shown = relay.attach(terminal().port);
    relay.takeHostFrame(output(2, 'two'));
    relay.takeHostFrame(output(3, 'three'));
    expect(sent).toHaveLength(1);
    shown.detach();
    expect(sent.at(-1)).toEqual({ kind: 'ack', seq: 3 });
  });

  test('acknowledgements go on once, in order, and never for what was not sent', () => {
    const { relay, sent, terminal } = setUp();
    const shown = relay.attach(terminal().port);
    relay.takeHostFrame(output(1, 'one'));
    relay.takeHostFrame(output(2, 'two'));
    for (const seq of [2, 1, 2, 99]) shown.receive(ack(seq));
    expect(sent).toEqual([{ kind: 'ack', seq: 2 }]);
  });

  test('one terminal at a time: the one before is told, and its input is not taken any more', () => {
    const { relay, sent, terminal } = setUp();
    const first = terminal();
    const before = relay.attach(first.port);
    relay.attach(terminal().port);
    expect(first.closed).toEqual(['taken-over']);
    before.receive(typed('x'));
    before.detach();
    expect(sent).toEqual([]);
  });

  test('input passes only while it may; a resize always does; anything else is refused', () => {
    const { relay, gate, sent, terminal } = setUp();
    const shown = relay.attach(terminal().port);
    gate.isOpen = false;
    expect(shown.receive(typed('x'))).toBe(true);
    expect(sent).toEqual([]);
    shown.receive(encodeTerminalMessage({ kind: 'resize', cols: 90, rows: 20 }));
    expect(sent).toEqual([{ kind: 'resize', cols: 90, rows: 20 }]);
    expect(shown.receive(output(1, 'x'))).toBe(false);
  });

  test('what is kept is bounded, and the newest is kept', () => {
    const { relay, terminal } = setUp();
    const half = 'x'.repeat(KEPT_OUTPUT_BYTES / 2);
    for (const [index, text] of ['old', half, half, 'new'].entries())
      relay.takeHostFrame(output(index + 1, text));
    const late = terminal();
    relay.attach(late.port);
    expect(late.shown.map(text => text.length)).toEqual([half.length + 2, 3]);
    expect(late.shown.at(-1)).toBe('new');
  });

  test('after the end nothing is kept and nothing passes', () => {
    const { relay, sent, terminal } = setUp();
    const first = terminal();
    const shown = relay.attach(first.port);
    relay.takeHostFrame(output(1, 'secret'));
    relay.close();
    expect(first.closed).toEqual(['ended']);
    shown.receive(typed('x'));
    const late = terminal();
    relay.attach(late.port);
    expect(late.shown).toEqual([]);
    expect(late.closed).toEqual(['ended']);
    expect(sent).toEqual([]);
  });
});
