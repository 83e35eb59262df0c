import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { RedactionPolicy } from '../../contract/redaction.ts';
import { createLineDetector } from '../../core/redaction/detect/create-line-detector.ts';
import { createRedactor } from '../../core/redaction/stream/create-redactor.ts';
import { createEmulator } from './emulator.ts';
import { encoder } from './fuzz-case.ts';
import { compact, fragmentsOf, readableIn, readableOn } from './leaks.ts';
import { DATABASE_SESSIONS } from './sessions/of-databases.ts';
import { EDIT_SESSIONS } from './sessions/of-edits.ts';
import { LABEL_SESSIONS } from './sessions/of-labels.ts';
import { PAGER_SESSIONS } from './sessions/of-pagers.ts';
import { PANE_SESSIONS } from './sessions/of-panes.ts';
import { PEOPLE_SESSIONS } from './sessions/of-people.ts';
import { SHELL_SESSIONS } from './sessions/of-shells.ts';
import { SCREEN_SESSIONS } from './sessions/of-screens.ts';
import { SIGN_SESSIONS } from './sessions/of-signs.ts';
import { TOOL_SESSIONS } from './sessions/of-tools.ts';
import { TABLE_SESSIONS } from './sessions/of-tables.ts';
import { HARMLESS_SESSIONS } from './sessions/harmless.ts';
import { HARMLESS_TOOLS } from './sessions/harmless-tools.ts';
import { aroundValues, sentBy, valuesOf } from './sessions/session.ts';
import type { Session } from './sessions/session.ts';

const policy = RedactionPolicy.parse({});
const detector = createLineDetector(policy);
const emulator = createEmulator();
const SESSIONS: readonly Session[] = [
  ...DATABASE_SESSIONS,
  ...SHELL_SESSIONS,
  ...PEOPLE_SESSIONS,
  ...SIGN_SESSIONS,
  ...TABLE_SESSIONS,
  ...TOOL_SESSIONS,
  ...SCREEN_SESSIONS,
  ...PAGER_SESSIONS,
  ...PANE_SESSIONS,
  ...EDIT_SESSIONS,
  ...LABEL_SESSIONS,
];

/** Everything that anybody could read of it, and how much of it was masked. */
function readIn(
  session: Session,
  isByByte: boolean,
): { readonly texts: readonly string[]; readonly masks: readonly string[] } {
  const { cols = 100, rows = 24 } = session;
  const masks: string[] = [];
  const redactor = createRedactor({
    cols,
    rows,
    policy,
    detector: detector.fork(),
    tokenOf: null,
    onMask: ({ rule }) => masks.push(rule),
    onBlock: () => undefined,
  });
  emulator.reset({ cols, rows });
  const texts: string[] = [];
  const sent: Uint8Array[] = [];
  const show = (bytes: Uint8Array): void => {
    sent.push(bytes);
    emulator.write(bytes);
  };
  for (const write of sentBy(session)) {
    if (write === null) for (let i = 0; i < 3 && redactor.holdMs !== null; i++) show(redactor.flush());
    else {
      const bytes = encoder.encode(write);
      const size = isByByte ? 1 : bytes.length;
      for (let at = 0; at < bytes.length; at += size) show(redactor.write(bytes.subarray(at, at + size)));
    }
    if (!isByByte && session.isByScreen !== true) texts.push(...readableOn(emulator.picture()));
  }
  show(redactor.end());
  texts.push(...readableOn(emulator.picture()));
  if (session.isByScreen !== true) texts.push(...readableIn(Buffer.concat(sent)));
  return { texts, masks };
}

describe('sessions', () => {
  it.each(SESSIONS)('$name: shows four characters in a row of no value, whole and byte by byte', session => {
    const own = compact(aroundValues(session));
    const values = valuesOf(session);
    expect(values.length).toBeGreaterThan(0);
    for (const isByByte of [false, true]) {
      const { texts } = readIn(session, isByByte);
      const leaks = values.map(value => [
        value,
        ...fragmentsOf(value).filter(
          fragment => !own.includes(fragment) && texts.some(text => text.includes(fragment)),
        ),
      ]);
      expect(leaks.filter(found => found.length > 1)).toEqual([]);
    }
  });

  it.each([...HARMLESS_SESSIONS, ...HARMLESS_TOOLS])('$name: hides nothing', session => {
    expect(readIn({ cols: 200, rows: 60, ...session }, false).masks).toEqual([]);
  });
});
