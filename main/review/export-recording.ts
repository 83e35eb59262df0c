import headless from '@xterm/headless';
import type { ReplayEvent } from '../../contract/ipc.ts';
import type { Replay } from './replay.ts';

export type ExportFormat = 'asciicast-v2' | 'asciicast-v3' | 'text';

export interface RecordingExport {
  readonly fileName: string;
  readonly mediaType: string;
  /** The file in pieces, in order: an export of hours is never in memory as a whole. Whoever has enough ends the iteration. */
  readonly pieces: AsyncIterable<ExportPiece>;
}

export interface ExportPiece {
  readonly text: string;
  /** up to here the recording is in what was given so far, milliseconds since its start */
  readonly upToMs: number;
}

type ReadReplay = Pick<Replay, 'header' | 'durationMs' | 'read'>;

/** Turns an opened recording into a file for other programs: masked text only, because nothing else is in it. */
export function exportRecording(replay: ReadReplay, format: ExportFormat): RecordingExport {
  const { sessionId } = replay.header;
  const cast = { fileName: `${sessionId}.cast`, mediaType: 'application/x-asciicast' };
  switch (format) {
    case 'asciicast-v2':
      return { ...cast, pieces: asciicastV2(replay) };
    case 'asciicast-v3':
      return { ...cast, pieces: asciicastV3(replay) };
    case 'text':
      return { fileName: `${sessionId}.txt`, mediaType: 'text/plain', pieces: plainText(replay) };
  }
}

/** Everything that can be opened, window by window. */
async function* windowsOf(replay: Pick<Replay, 'read' | 'durationMs'>) {
  for (let fromMs = 0; fromMs < Number.MAX_SAFE_INTEGER; ) {
    // by time too, so that a long recording of few words shows how far it is
    const toMs = fromMs > replay.durationMs ? Number.MAX_SAFE_INTEGER : fromMs + WINDOW_MS;
    const piece = await replay.read({ fromMs, toMs, fromKeyframe: false });
    yield { events: piece.events, upToMs: Math.min(piece.upToMs, replay.durationMs) };
    fromMs = piece.upToMs;
  }
}

const WINDOW_MS = 10 * 60_000;

/** https://docs.asciinema.org/manual/asciicast/v2/ : absolute times in seconds. */
async function* asciicastV2(replay: ReadReplay): AsyncGenerator<ExportPiece> {
  const { header, durationMs } = replay;
  const first = {
    version: 2,
    width: header.cols,
    height: header.rows,
    timestamp: Math.floor(header.startedAtMs / 1000),
    duration: durationMs / 1000,
  };
  yield { text: `${JSON.stringify(first)}\n`, upToMs: 0 };
  for await (const { events, upToMs } of windowsOf(replay)) {
    const lines = events.map(event => `${JSON.stringify([event.atMs / 1000, ...castCode(event)])}\n`);
    yield { text: lines.join(''), upToMs };
  }
}

/** https://docs.asciinema.org/manual/asciicast/v3/ : seconds since the event before. */
async function* asciicastV3(replay: ReadReplay): AsyncGenerator<ExportPiece> {
  const { header } = replay;
  const first = {
    version: 3,
    term: { cols: header.cols, rows: header.rows },
    timestamp: Math.floor(header.startedAtMs / 1000),
  };
  yield { text: `${JSON.stringify(first)}\n`, upToMs: 0 };
  let lastMs = 0;
  for await (const { events, upToMs } of windowsOf(replay)) {
    let text = '';
    for (const event of events) {
      text += `${JSON.stringify([Math.max(0, event.atMs - lastMs) / 1000, ...castCode(event)])}\n`;
      lastMs = event.atMs;
    }
    yield { text, upToMs };
  }
}

function castCode(event: ReplayEvent): [string, string] {
  switch (event.kind) {
    case 'output':
      return ['o', event.text];
    case 'resize':
      return ['r', `${event.cols}x${event.rows}`];
    case 'mark':
      return ['m', event.mark.text];
  }
}

/** Lines that a text export keeps; what scrolled away before them is left out. */
const TEXT_LINES = 200_000;

/** What stood on the terminal, scrollback included, as plain lines. */
async function* plainText(replay: ReadReplay): AsyncGenerator<ExportPiece> {
  const { cols, rows } = replay.header;
  const terminal = new headless.Terminal({ cols, rows, scrollback: TEXT_LINES, allowProposedApi: true });
  try {
    for await (const { events, upToMs } of windowsOf(replay)) {
      for (const event of events) {
        if (event.kind === 'output') terminal.write(event.text);
        else if (event.kind === 'resize') {
          await written(terminal);
          terminal.resize(event.cols, event.rows);
        }
      }
      await written(terminal);
      yield { text: '', upToMs };
    }
    for (const text of linesOf(terminal)) yield { text, upToMs: replay.durationMs };
  } finally {
    terminal.dispose();
  }
}

const LINES_A_PIECE = 5_000;

/** The lines of the normal screen, many at a time; without the blank ones at the end. */
function* linesOf(terminal: InstanceType<typeof headless.Terminal>): Generator<string> {
  const buffer = terminal.buffer.normal;
  let lines: string[] = [];
  let blank = '';
  for (let y = 0; y < buffer.length; y += 1) {
    const line = buffer.getLine(y);
    let text = line?.translateToString(true) ?? '';
    for (; buffer.getLine(y + 1)?.isWrapped === true; y += 1)
      text += buffer.getLine(y + 1)?.translateToString(true) ?? '';
    if (text.trimEnd() === '') {
      blank += '\n';
      continue;
    }
    lines.push(`${blank}${text}\n`);
    blank = '';
    if (lines.length < LINES_A_PIECE) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}

function written(terminal: InstanceType<typeof headless.Terminal>): Promise<void> {
  return new Promise(resolve => terminal.write('', resolve));
}
