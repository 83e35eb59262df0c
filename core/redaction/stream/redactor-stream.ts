import type { RedactorOptions } from '../redactor.ts';
import { hasMode, performControl, performCsi, performEscape, setModes } from '../screen/perform.ts';
import { resizeScreen } from '../screen/resize.ts';
import type { Screen } from '../screen/screen.ts';
import type { CsiCommand, StringKind, VtHandler } from '../vt/parser.ts';
import type { Params } from '../vt/params.ts';
import { VtParser } from '../vt/parser.ts';
import { widthOf } from '../vt/width.ts';
import { CellWatcher } from './cell-watcher.ts';
import { ChunkTail, TAIL_HOLD_MS } from './chunk-tail.ts';
import { cleanString } from './control-strings.ts';
import { FastLines } from './fast-lines.ts';
import { csiName, erasesWholeScreen, isAddressing, isDenied } from './sequence-rules.ts';
import { LineReader } from './line-reader.ts';
import { ScreenReader } from './screen-reader.ts';
import { StreamState } from './state.ts';
import type { Held, Release } from './state.ts';
import { decodeUtf8 } from './utf8-text.ts';

/** Two halves of a chunk that a network or a pty split arrive well within this; a person hardly notices it. */
const WEAK_HOLD_MS = 25;
/** What looks like a value already may wait longer for its rest before it is shown masked. */
const STRONG_HOLD_MS = 50;
/** A program's write to the screen arrives in pieces of 4 KiB, microseconds apart; half a frame at 60 Hz is never seen. */
const FRAME_HOLD_MS = 6;
/** A synchronised update that is not ended: terminals give up on it as well, xterm.js after a second. */
const SYNC_HOLD_MS = 100;
/** A frame that is longer is shown as far as it came. */
const MAX_FRAME_BYTES = 65_536;
const MAX_SYNC_BYTES = 262_144;
/** Line feeds on the main screen, without addressing in between, after which the stream counts as linear again. */
const LINEAR_AFTER_LINES = 3;
/** The echo of a key, or a line editor's redisplay; larger output is not an echo. */
const MAX_ECHO_BYTES = 1024;
const MAX_TYPED_BYTES = 64;

const NO_BYTES = new Uint8Array(0);

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const DELETE = 0x7f;
const HTS = 0x88;
const SGR = 0x6d;
/** LF, VT, FF, IND, NEL. */
const LINE_ENDS: ReadonlySet<number> = new Set([LINE_FEED, 0x0b, 0x0c, 0x84, 0x85]);
/** ENQ, CAN, SUB. */
const NOT_SENT: ReadonlySet<number> = new Set([0x05, 0x18, 0x1a]);

/** Reads the stream into the shadow screen, keeps the bytes until they were looked at, and lets them go. */
export class RedactorStream implements VtHandler {
  readonly #state: StreamState;
  readonly #watcher: CellWatcher;
  readonly #parser: VtParser;
  readonly #lines: LineReader;
  readonly #frames: ScreenReader;
  readonly #fast: FastLines;
  #ready: Uint8Array[] = [];
  readonly #tail = new ChunkTail();
  #isSynchronised = false;
  #linesSinceAddressing = 0;
  #isEchoExpected = false;
  #hadLineFeed = false;
  holdMs: number | null = null;

  constructor(options: RedactorOptions) {
    this.#watcher = new CellWatcher();
    this.#state = new StreamState(options, this.#watcher);
    this.#lines = new LineReader(this.#state);
    this.#frames = new ScreenReader(this.#state);
    this.#fast = new FastLines(this.#state);
    this.#watcher.connect(this.#state, this.#lines, this.#frames);
    this.#parser = new VtParser(this);
  }

  /** The shadow screen, for tests against a real emulator. */
  get screen(): Screen {
    return this.#state.screen;
  }

  write(bytes: Uint8Array): Uint8Array {
    const isEcho = this.#isEchoExpected && bytes.length <= MAX_ECHO_BYTES;
    this.#isEchoExpected = false;
    this.#hadLineFeed = false;
    this.#read(this.#tail.joinedWith(bytes), bytes.length);
    this.#settleChunk(isEcho);
    if (!this.#tail.isEmpty) this.holdMs = TAIL_HOLD_MS;
    return this.#takeReady();
  }

  /** Line by line while the host prints lines, so that each one can take the short way. */
  #read(bytes: Uint8Array, chunkBytes = 0): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.#watcher.isScreenMode) return this.#parser.parse(bytes, at);
      const isIdle = this.#parser.isIdle;
      if (isIdle) {
        const end = this.#fast.take(bytes, at);
        this.#hadLineFeed ||= end > at;
        at = end;
      }
      const lineEnd = bytes.indexOf(LINE_FEED, at);
      if (isIdle && lineEnd < 0 && this.#fast.canBegin && this.#tail.keep(bytes, at, chunkBytes)) return;
      const end = lineEnd < 0 ? bytes.length : lineEnd + 1;
      this.#parser.parse(bytes, at, end);
      at = end;
    }
  }

  get undecidedFrom(): number | null {
    return this.#state.output.keptAt;
  }

  /** What is about to be let go is not decided: a recording may hold it back. */
  #keepUndecided(): void {
    if (this.#state.kept !== null) this.#state.output.keep();
  }

  #forgetDecided(): void {
    const { kept, output } = this.#state;
    if (kept === null) return;
    kept.forget();
    output.forget();
  }

  flush(): Uint8Array {
    if (!this.#tail.isEmpty) {
      this.#read(this.#tail.joinedWith(NO_BYTES));
      this.#settleChunk(false);
      return this.#takeReady();
    }
    this.#isSynchronised = false;
    if (!this.#watcher.isScreenMode) this.#keepUndecided();
    this.#settle('flush');
    return this.#takeReady();
  }

  end(): Uint8Array {
    this.#read(this.#tail.joinedWith(NO_BYTES));
    this.#settle('flush');
    if (this.#state.output.length > 0) this.#settle('flush');
    this.#release(null);
    this.#parser.reset();
    return this.#takeReady();
  }

  resize(cols: number, rows: number): Uint8Array {
    const { screen, line } = this.#state;
    this.#read(this.#tail.joinedWith(NO_BYTES));
    this.#settle('flush');
    if (this.#state.output.length > 0) this.#settle('flush');
    this.#release(null);
    line.reset();
    resizeScreen(screen, Math.max(2, cols), Math.max(1, rows));
    line.isPlain = screen.cursorRow.used === 0 && !screen.cursorRow.isWrapped;
    return this.#takeReady();
  }

  noteInput(bytes: Uint8Array): void {
    // what follows a line's end is the program's output, not an echo
    this.#isEchoExpected =
      bytes.length > 0 &&
      bytes.length <= MAX_TYPED_BYTES &&
      !bytes.includes(CARRIAGE_RETURN) &&
      !bytes.includes(LINE_FEED);
  }

  #settleChunk(isEcho: boolean): void {
    const { output } = this.#state;
    if (isEcho && !this.#hadLineFeed) this.#keepUndecided();
    if (!this.#watcher.isScreenMode) {
      this.#settle(isEcho && !this.#hadLineFeed ? 'echo' : 'hold');
      // what goes on in the next line is not decided with this one
      if (this.#hadLineFeed && this.#state.line.base === 0) this.#forgetDecided();
      return;
    }
    if (output.length === 0) {
      this.holdMs = null;
      return;
    }
    const cap = this.#isSynchronised ? MAX_SYNC_BYTES : MAX_FRAME_BYTES;
    if (output.length > cap) this.#settle('hold');
    else if (isEcho && !this.#isSynchronised) this.#settle('echo');
    else this.holdMs = this.#isSynchronised ? SYNC_HOLD_MS : FRAME_HOLD_MS;
  }

  #settle(release: Release): void {
    if (this.#watcher.isScreenMode) this.#watcher.checkRun();
    const held = this.#watcher.isScreenMode ? this.#frames.settle(release) : this.#lines.settle(release);
    this.#release(held);
    if (!this.#watcher.isScreenMode) return;
    if (release !== 'echo') this.#forgetDecided();
    this.#returnToLines();
  }

  #release(held: Held | null): void {
    const { output } = this.#state;
    const end = held?.from ?? output.end;
    if (end > output.sent) this.#ready.push(output.take(end));
    if (output.length === 0) this.holdMs = null;
    else this.holdMs = held?.strength === 'strong' ? STRONG_HOLD_MS : WEAK_HOLD_MS;
  }

  #takeReady(): Uint8Array {
    this.#state.masker.report();
    const ready = this.#ready;
    this.#ready = [];
    if (ready.length === 1 && ready[0] !== undefined) return ready[0];
    const bytes = new Uint8Array(ready.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of ready) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  // ——— modes

  #enterScreenMode(): void {
    this.#linesSinceAddressing = 0;
    if (this.#watcher.isScreenMode) return;
    this.#watcher.isScreenMode = true;
    const { line, output } = this.#state;
    this.#lines.check();
    line.reset();
    this.#state.beginScreen();
    this.#frames.lastPrinted = output.end - 1;
  }

  #returnToLines(): void {
    const { screen, line } = this.#state;
    const { buffer } = screen;
    const isFullHeight = buffer.top === 0 && buffer.bottom === screen.rows - 1;
    if (screen.isAlternate || screen.isOriginMode || !isFullHeight || this.#isSynchronised) return;
    if (this.#linesSinceAddressing < LINEAR_AFTER_LINES) return;
    this.#frames.commitRowsAbove();
    this.#state.endScreen();
    this.#watcher.isScreenMode = false;
    line.reset();
    line.isPlain = screen.cursorRow.used === 0 && !screen.cursorRow.isWrapped;
  }

  // ——— what the parser found

  printAscii(bytes: Uint8Array, start: number, end: number): void {
    const { output, screen } = this.#state;
    const prov = output.end;
    output.appendRange(bytes, start, end);
    this.#state.printingFrom = prov;
    screen.printAscii(bytes, start, end, prov);
    this.#state.printingFrom = Infinity;
    this.#frames.lastPrinted = output.end - 1;
    this.#state.repaint();
  }

  print(cp: number): void {
    const { output, screen } = this.#state;
    const prov = output.end;
    output.appendCodePoint(cp);
    this.#state.printingFrom = prov;
    screen.print(cp, prov);
    this.#state.printingFrom = Infinity;
    if (widthOf(cp) > 0) this.#frames.lastPrinted = prov;
    this.#state.repaint();
  }

  byteOrderMark(): void {
    this.#state.output.appendCodePoint(0xfeff);
  }

  execute(code: number): void {
    const { output, screen } = this.#state;
    if (code === DELETE) return output.appendByte(code);
    screen.joinWidth = 0;
    // ENQ would be answered by the terminal; the C1 controls that are left out are unknown to it
    if (NOT_SENT.has(code) || (code >= 0x80 && !LINE_ENDS.has(code) && code !== HTS)) return;
    if (LINE_ENDS.has(code)) this.#beforeLineEnd();
    output.appendCodePoint(code);
    performControl(screen, code);
  }

  #beforeLineEnd(): void {
    const { screen } = this.#state;
    this.#hadLineFeed = true;
    if (!this.#watcher.isScreenMode) return this.#lines.complete();
    this.#linesSinceAddressing++;
    const { buffer } = screen;
    if (buffer.y === buffer.bottom) this.#watcher.willScrollOut(buffer.row(buffer.top));
    this.#state.repaint();
  }

  escape(collected: number, final: number, sequence: Uint8Array, length: number): void {
    const { output, screen } = this.#state;
    screen.joinWidth = 0;
    const name = (collected === 0 ? '' : String.fromCharCode(collected & 255)) + String.fromCharCode(final);
    if (collected > 255) return output.appendRange(sequence, 0, length);
    const isLineEnd = name === 'D' || name === 'E';
    if (isLineEnd) this.#beforeLineEnd();
    if (['8', 'M', 'c', '#8'].includes(name)) this.#enterScreenMode();
    if (name === 'c') this.#reset();
    output.appendRange(sequence, 0, length);
    performEscape(screen, name);
    this.#state.repaint();
  }

  /** RIS is about to clear everything. */
  #reset(): void {
    this.#frames.check();
    this.#state.openLink = null;
    if (this.#state.screen.isAlternate) this.#state.endAlternate();
    this.#isSynchronised = false;
  }

  csi(command: CsiCommand, sequence: Uint8Array, length: number): void {
    const { output, screen } = this.#state;
    const { params } = command;
    if (command.final === SGR && command.collected === 0) {
      screen.joinWidth = 0;
      output.appendRange(sequence, 0, length);
      return screen.sgr.apply(params);
    }
    const name = csiName(command);
    if (isDenied(name, params)) return;
    if (name === 'b') return this.#repeat(params.at(0, 1));
    screen.joinWidth = 0;
    if (isAddressing(name, params, screen)) this.#enterScreenMode();
    if (name.endsWith('h') || name.endsWith('l'))
      return this.#setModes(name, params, sequence.subarray(0, length));
    if (erasesWholeScreen(name, params, screen)) {
      output.appendText(`\x1b[${name.slice(0, -1)}2J`);
      params.values[0] = 2;
    } else output.appendRange(sequence, 0, length);
    performCsi(screen, name, params);
    this.#state.repaint();
  }

  #setModes(name: string, params: Params, sequence: Uint8Array): void {
    const state = this.#state;
    const { output, screen } = state;
    const isOn = name.endsWith('h');
    const isPrivate = name.startsWith('?');
    if (name.length > (isPrivate ? 2 : 1)) return output.append(sequence);
    const switches = isPrivate && hasMode(params, [47, 1047, 1049]);
    if (switches) {
      this.#frames.check();
      state.repaint();
    }
    output.append(sequence);
    const wasAlternate = screen.isAlternate;
    setModes(screen, params, { isPrivate, isOn });
    if (screen.isAlternate && !wasAlternate) state.beginAlternate();
    else if (!screen.isAlternate && wasAlternate) state.endAlternate();
    if (!isPrivate || !hasMode(params, [2026])) return;
    this.#isSynchronised = isOn;
    if (!isOn) this.#settle('hold');
  }

  /** REP is written out, so that each cell has bytes of its own; the terminal would repeat the mask otherwise. */
  #repeat(count: number): void {
    const { output, screen } = this.#state;
    const { buffer } = screen;
    const x = buffer.x - screen.joinWidth;
    if (screen.joinWidth === 0 || x < 0) return;
    const row = screen.cursorRow;
    const cp = row.cp[x] ?? 0;
    const accents = row.combined?.get(x) ?? '';
    // more than a screenful shows the same; a remote host could ask for 2^31
    const times = cp === 0 || row.isEmptyAt(x) ? 0 : Math.min(count, screen.cols * screen.rows);
    for (let i = 0; i < times; i++) {
      this.print(cp);
      for (const accent of accents) this.print(accent.codePointAt(0) ?? 0);
    }
    // ST does nothing, but as after REP itself, an accent does not combine with what was before it
    output.appendText('\x1b\\');
    screen.joinWidth = 0;
  }

  controlString(kind: StringKind, payload: Uint8Array, endedByBell: boolean): void {
    const state = this.#state;
    const { detector, masker, output } = state;
    const text = cleanString(kind, decodeUtf8(payload), { detector, masker });
    if (text === null) return;
    const ended = `\x1b${kind === 'osc' ? ']' : 'P'}${text}${endedByBell ? '\x07' : '\x1b\\'}`;
    if (text.startsWith('8;')) state.openLink = /^8;[^;]*;$/.test(text) ? null : ended;
    state.screen.joinWidth = 0;
    output.appendText(ended);
  }
}
