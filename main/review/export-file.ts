import type { BundleContent } from '../evidence/bundle.ts';
import { bundlePieces } from '../evidence/bundle.ts';
import type { ExportFormat } from './export-recording.ts';
import { exportRecording } from './export-recording.ts';
import type { FilePiece, PendingFile } from './exports.ts';
import type { Replay } from './replay.ts';

/** An opened recording as a file for other programs; how far it is goes by the recording's time. */
export function recordingFile(replay: Replay, format: ExportFormat): PendingFile {
  const { pieces, ...file } = exportRecording(replay, format);
  return { ...file, encoding: 'utf8', total: replay.durationMs, pieces: textPieces(pieces) };
}

async function* textPieces(
  pieces: AsyncIterable<{ readonly text: string; readonly upToMs: number }>,
): AsyncGenerator<FilePiece> {
  for await (const { text, upToMs } of pieces) yield { content: text, done: upToMs };
}

/** A bundle of evidence, sealed as the recording is; how far it is goes by the recording's bytes. */
export async function evidenceFile(content: BundleContent): Promise<PendingFile> {
  const { size } = await content.recording.read({ from: 0, to: 1 });
  return {
    fileName: `${content.evidence.session.id}.evidence.tar`,
    mediaType: 'application/x-tar',
    encoding: 'base64',
    total: size,
    pieces: base64Pieces(content),
  };
}

async function* base64Pieces(content: BundleContent): AsyncGenerator<FilePiece> {
  for await (const { bytes, done } of bundlePieces(content))
    yield { content: Buffer.from(bytes).toString('base64'), done };
}
