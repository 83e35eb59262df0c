import type { IDisposable, IMarker, Terminal } from '@xterm/headless';
import type { Marker } from '../../../contract/recording.ts';
import { createStatementCollector, promptOf } from './prompts.ts';

/** That a key was pressed, never which: `entered` for Enter, `left` for what leaves a line without running it (^C, ^D, ^Z). */
export type KeyNote = 'typed' | 'entered' | 'left';

export type CommandMarker = Extract<Marker, { kind: 'command' }>;

export interface FoundCommand {
  readonly atMs: number;
  readonly marker: CommandMarker;
}

/**
 * Finds commands and statements on the redacted screen: what stands between a prompt and the end of its line once it was entered. What is
 * typed without an echo is nowhere. Shells with integration (OSC 133, FinalTerm's marks) say themselves where a command begins and how
 * it ended; elsewhere a line counts that was entered behind what looks like a prompt.
 */
export interface CommandLines {
  /** Output up to here is on the terminal; what comes next was written at this moment. */
  at(atMs: number): void;
  key(note: KeyNote): void;
  /** Whether the end of an entered line is still to come: output is then to be written up to its next line feed first. */
  readonly awaitsLineEnd: boolean;
  /** The line feed is on the terminal. */
  lineEnded(): void;
  /** What was found since the last time, in order. */
  take(): readonly FoundCommand[];
  dispose(): void;
}

interface Anchor {
  readonly marker: IMarker;
  readonly column: number;
  readonly prompt: string;
}

const MAX_ROWS = 60;
const MAX_CHARACTERS = 4_000;

export function createCommandLines(terminal: Terminal): CommandLines {
  const statements = createStatementCollector();
  let found: FoundCommand[] = [];
  let nowMs = 0;
  let anchor: Anchor | null = null;
  let entered: { readonly anchor: Anchor; readonly atMs: number } | null = null;
  let lastPrompt = '';
  let hasIntegration = false;
  let running: { readonly atMs: number; readonly text: string } | null = null;

  const isScreenProgram = (): boolean => terminal.buffer.active.type === 'alternate';
  /** A shell with integration speaks for itself while it waits; what runs in it (psql) does not. */
  const isWatching = (): boolean => !isScreenProgram() && (!hasIntegration || running !== null);

  const anchorHere = (column: number, prompt: string): Anchor | null => {
    const marker = terminal.registerMarker(0);
    return marker === undefined ? null : { marker, column, prompt };
  };
  const drop = (): void => {
    anchor?.marker.dispose();
    anchor = null;
  };

  const typed = (): void => {
    if (!isWatching() || isInLine(anchor, terminal)) return;
    const { active } = terminal.buffer;
    const row = active.getLine(active.baseY + active.cursorY);
    const left = row?.translateToString(false, 0, active.cursorX) ?? '';
    if (promptOf(left) !== null) {
      drop();
      lastPrompt = left;
      anchor = anchorHere(active.cursorX, left);
    } else if (lastPrompt !== '' && left.startsWith(lastPrompt)) {
      // a line editor that listed completions writes prompt and line anew
      drop();
      anchor = anchorHere(lastPrompt.length, lastPrompt);
    }
  };

  const add = (atMs: number, marker: Omit<CommandMarker, 'kind'>): void => {
    if (marker.text !== '') found.push({ atMs, marker: { kind: 'command', ...marker } });
  };

  const integrated: IDisposable = terminal.parser.registerOscHandler(133, payload => {
    const [code = '', exit = ''] = payload.split(';');
    if (isScreenProgram()) return true;
    if (code === 'B') {
      hasIntegration = true;
      drop();
      anchor = anchorHere(terminal.buffer.active.cursorX, '');
    } else if (code === 'C') {
      const text = anchor === null ? '' : textFrom(anchor, terminal);
      drop();
      running = { atMs: nowMs, text };
      add(nowMs, { text, exitCode: null, language: 'shell' });
    } else if (code === 'D' && running !== null) {
      const tookMs = Math.max(0, nowMs - running.atMs);
      const exitCode = /^\d{1,3}$/.test(exit) ? Number(exit) : null;
      add(nowMs, { text: running.text, exitCode, language: 'shell', tookMs });
      running = null;
    }
    return true;
  });

  return {
    at(atMs) {
      nowMs = atMs;
    },
    key(note) {
      if (note === 'typed') typed();
      else if (note === 'left') {
        if (!hasIntegration) drop();
        statements.reset();
      } else if (anchor !== null && isWatching()) {
        entered?.anchor.marker.dispose();
        entered = { anchor, atMs: nowMs };
        anchor = null;
      }
    },
    get awaitsLineEnd() {
      return entered !== null;
    },
    lineEnded() {
      if (entered === null) return;
      const { anchor: line, atMs } = entered;
      entered = null;
      const text = textFrom(line, terminal);
      line.marker.dispose();
      const prompt = promptOf(line.prompt);
      if (prompt === null || isScreenProgram()) return;
      if (prompt === 'shell') {
        add(atMs, { text, exitCode: null, language: 'shell' });
        return;
      }
      const statement = statements.add(text, prompt);
      if (statement !== null) add(atMs, { text: statement, exitCode: null, language: 'sql' });
    },
    take() {
      const taken = found;
      found = [];
      return taken;
    },
    dispose() {
      integrated.dispose();
      drop();
    },
  };
}

/** Whether the cursor still stands in the line that an anchor begins. */
function isInLine(anchor: Anchor | null, terminal: Terminal): boolean {
  if (anchor === null || anchor.marker.isDisposed) return false;
  const { active } = terminal.buffer;
  const cursorRow = active.baseY + active.cursorY;
  for (let row = anchor.marker.line + 1; row <= cursorRow; row += 1)
    if (active.getLine(row)?.isWrapped !== true) return false;
  return cursorRow >= anchor.marker.line;
}

/** What stands from an anchor to the row before the cursor's, or to the cursor in the anchor's own row. */
function textFrom({ marker, column }: Anchor, terminal: Terminal): string {
  if (marker.isDisposed) return '';
  const { active } = terminal.buffer;
  const cursorRow = active.baseY + active.cursorY;
  const first = active.getLine(marker.line);
  if (cursorRow <= marker.line)
    return (first?.translateToString(true, column, active.cursorX) ?? '').trim().slice(0, MAX_CHARACTERS);
  let text = first?.translateToString(active.getLine(marker.line + 1)?.isWrapped !== true, column) ?? '';
  const lastRow = Math.min(cursorRow - 1, marker.line + MAX_ROWS);
  for (let row = marker.line + 1; row <= lastRow; row += 1) {
    const line = active.getLine(row);
    if (line === undefined) break;
    text +=
      (line.isWrapped ? '' : '\n') + line.translateToString(active.getLine(row + 1)?.isWrapped !== true);
  }
  return text.trim().slice(0, MAX_CHARACTERS);
}
