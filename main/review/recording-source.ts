import { open } from 'node:fs/promises';
import { SallyportError } from '../../contract/errors.ts';
import { concatBytes } from '../../core/recording/encoding.ts';
import { failureOf, unreachable } from '../server-client/problem.ts';
import type { ServerHttp } from '../server-client/server-http.ts';
import { tooLong } from '../server-client/server-http.ts';

/** Bytes `[from, to)` of a recording, or its last `last` bytes; less where it is shorter. */
export type WantedRange = { readonly from: number; readonly to: number } | { readonly last: number };

export interface FoundRange {
  /** where the bytes begin in the recording */
  readonly from: number;
  readonly bytes: Uint8Array;
  /** bytes of the whole recording as it is now */
  readonly size: number;
}

/** Where the bytes of a recording come from, by ranges: a server, a file, memory. */
export interface RecordingSource {
  read(range: WantedRange): Promise<FoundRange>;
  close(): Promise<void>;
}

export function createMemorySource(bytes: Uint8Array): RecordingSource {
  return {
    read: range => {
      const { from, to } = limitsOf(range, bytes.length);
      return Promise.resolve({ from, bytes: bytes.subarray(from, to), size: bytes.length });
    },
    close: () => Promise.resolve(),
  };
}

/** A recording in a file. Throws `bad-input` where it cannot be opened. */
export async function openFileSource(path: string): Promise<RecordingSource> {
  const file = await open(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if ((await file.stat()).isDirectory()) {
    await file.close();
    throw unreadable(path, Object.assign(new Error('a folder'), { code: 'EISDIR' }));
  }
  return {
    async read(range) {
      const { size } = await file.stat();
      const { from, to } = limitsOf(range, size);
      const bytes = new Uint8Array(to - from);
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return { from, bytes: bytes.subarray(0, filled), size };
    },
    close: () => file.close(),
  };
}

function unreadable(path: string, cause: unknown): SallyportError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const why = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'it may not be read' }[
    code
  ];
  return new SallyportError('bad-input', `${path} cannot be read: ${why ?? 'reading it failed'}.`, { cause });
}

/** So long without a byte, and a part of a recording is given up: the server stands still, or the way to it is gone. */
const SILENCE_MS = 10_000;

/** A recording on the server, by `Range` requests (RFC 9110 section 14). */
export function createServerSource(
  http: Pick<ServerHttp, 'fetch' | 'serverUrl'>,
  recordingId: string,
  silenceMs: number = SILENCE_MS,
): RecordingSource {
  const path = `/v1/recordings/${encodeURIComponent(recordingId)}/content`;
  return {
    async read(range) {
      const wanted = 'last' in range ? `bytes=-${range.last}` : `bytes=${range.from}-${range.to - 1}`;
      const response = await http.fetch(path, { headers: { range: wanted } });
      if (response.status === 416) {
        const size = Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1] ?? 0);
        return { from: size, bytes: new Uint8Array(0), size };
      }
      if (!response.ok) throw await failureOf(response, http.serverUrl);
      const [, from, size] =
        /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? [];
      if (response.status !== 206 || from === undefined || size === undefined) {
        await response.body?.cancel();
        throw new SallyportError(
          'server-failed',
          'The server did not answer with the part of the recording that was asked for. A proxy before it may not pass ranges on.',
        );
      }
      return {
        from: Number(from),
        bytes: await bodyOf(response, http.serverUrl, silenceMs),
        size: Number(size),
      };
    },
    close: () => Promise.resolve(),
  };
}

/** The whole body; throws `server-unreachable` where it breaks off or stands still. */
async function bodyOf(response: Response, serverUrl: string, silenceMs: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const reader = response.body?.getReader();
  let timer: NodeJS.Timeout | undefined;
  try {
    for (;;) {
      const silence = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(tooLong()), silenceMs);
      });
      const next = await Promise.race([reader?.read(), silence]);
      clearTimeout(timer);
      if (next?.value === undefined) return concatBytes(parts);
      parts.push(next.value);
    }
  } catch (cause) {
    void reader?.cancel().catch(() => undefined);
    throw unreachable(serverUrl, cause);
  } finally {
    clearTimeout(timer);
  }
}

function limitsOf(range: WantedRange, size: number): { readonly from: number; readonly to: number } {
  if ('last' in range) return { from: Math.max(0, size - range.last), to: size };
  const from = Math.min(range.from, size);
  return { from, to: Math.max(from, Math.min(range.to, size)) };
}
