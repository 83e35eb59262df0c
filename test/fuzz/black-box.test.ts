import { describe, expect, it } from 'vitest';
import { RedactionPolicy } from '../../contract/redaction.ts';
import { createLineDetector } from '../../core/redaction/detect/create-line-detector.ts';
import { createRedactor } from '../../core/redaction/stream/create-redactor.ts';
import { FORMAT_STREAMS } from './black-box/of-formats.ts';
import { PROGRAM_STREAMS } from './black-box/of-programs.ts';
import { SCREEN_STREAMS } from './black-box/of-screens.ts';
import { TERMINAL_STREAMS } from './black-box/of-terminals.ts';
import { BLACK_BOX_VALUES } from './black-box/streams.ts';
import type { BlackBoxStream, BlackBoxValue } from './black-box/streams.ts';
import { createEmulator } from './emulator.ts';
import { encoder } from './fuzz-case.ts';
import { compact, fragmentsOf, readableIn, readableOn } from './leaks.ts';

const policy = RedactionPolicy.parse({});
const detector = createLineDetector(policy);
const emulator = createEmulator();
const STREAMS: readonly BlackBoxStream[] = [
  ...PROGRAM_STREAMS,
  ...TERMINAL_STREAMS,
  ...FORMAT_STREAMS,
  ...SCREEN_STREAMS,
];
/** Cut byte by byte: of those kinds whose cuts differ. */
const CUT_VALUES = BLACK_BOX_VALUES.filter(({ key }) => ['email', 'card_number', 'last_name'].includes(key));
/** Stands where a value would: what is read of it is the stream's own. */
const NO_VALUE: BlackBoxValue = { text: '~', key: 'zzkey', label: 'zzlabel' };

/** Everything that anybody could read: bytes, control strings decoded, and the screen with its scrollback after each write. */
function readIn(stream: BlackBoxStream, value: BlackBoxValue, isByByte: boolean): string[] {
  const { cols = 100, rows = 24 } = stream;
  const redactor = createRedactor({
    cols,
    rows,
    policy,
    detector: detector.fork(),
    tokenOf: null,
    onMask: () => undefined,
    onBlock: () => undefined,
  });
  emulator.reset({ cols, rows });
  const texts: string[] = [];
  const sent: Uint8Array[] = [];
  const show = (bytes: Uint8Array): void => {
    sent.push(bytes);
    emulator.write(bytes);
  };
  for (const write of stream.writes(value)) {
    if (write === null) for (let i = 0; i < 3 && redactor.holdMs !== null; i++) show(redactor.flush());
    else {
      const bytes = encoder.encode(write);
      if (isByByte) for (let i = 0; i < bytes.length; i++) show(redactor.write(bytes.subarray(i, i + 1)));
      else show(redactor.write(bytes));
    }
    if (stream.isByScreen !== true && !isByByte) texts.push(...readableOn(emulator.picture()));
  }
  show(redactor.end());
  texts.push(...readableOn(emulator.picture()));
  const all = new Uint8Array(sent.reduce((sum, bytes) => sum + bytes.length, 0));
  let length = 0;
  for (const bytes of sent) {
    all.set(bytes, length);
    length += bytes.length;
  }
  return stream.isByScreen === true ? texts : [...texts, ...readableIn(all)];
}

function leaksIn(stream: BlackBoxStream, value: BlackBoxValue, isByByte = false): readonly string[] {
  if (stream.isUnnamed === true && value.isKeyed === true) return [];
  const texts = readIn(stream, value, isByByte);
  // what the stream says without any value: its words and numbers may look like a part of one
  const own = compact(stream.writes({ ...NO_VALUE, key: value.key, label: value.label }).join('\n'));
  return fragmentsOf(value.text).filter(
    fragment => !own.includes(fragment) && texts.some(text => text.includes(fragment)),
  );
}

describe.each(STREAMS)('$name', stream => {
  it('shows four characters in a row of no value, nowhere', () => {
    const leaks = BLACK_BOX_VALUES.map(value => [value.key, ...leaksIn(stream, value)]);
    expect(leaks.filter(found => found.length > 1)).toEqual([]);
  });

  it('nor where it comes byte by byte', () => {
    const leaks = CUT_VALUES.map(value => [value.key, ...leaksIn(stream, value, true)]);
    expect(leaks.filter(found => found.length > 1)).toEqual([]);
  });
});
