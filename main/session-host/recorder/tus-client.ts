import { Problem } from '../../../contract/server-api.ts';

/** Where recordings go up: `POST` here makes one, `HEAD` and `PATCH` at `…/ID` continue it. */
export const UPLOAD_PATH = '/v1/recordings/upload';
const TUS_VERSION = '1.0.0';
/** A request that has no answer for so long is given up and tried anew. */
const REQUEST_TIMEOUT_MS = 60_000;

/**
 * The part of tus 1.0 (tus.io/protocols/resumable-upload) that a growing file needs: creation with deferred length, offset, append,
 * length at the end. Written on `fetch` because tus-js-client wants a file or a stream that it reads ahead, while a recording grows
 * for hours, is read again from any offset after a break, and each request carries a proof of its own.
 */
export interface TusClient {
  /** The server's offset, null where it does not know the upload. */
  offset(): Promise<UploadOffset | null>;
  create(): Promise<void>;
  /** Appends at `offset`; `totalBytes` says that this is the last piece. Returns the new offset. */
  append(offset: number, bytes: Uint8Array, totalBytes: number | null): Promise<UploadOffset>;
}

export interface UploadOffset {
  readonly bytes: number;
  /** true once the server knows the length and has all of it */
  readonly isComplete: boolean;
  /** signed by the server over what it has checked and stored; null where it gave none */
  readonly receipt: string | null;
}

export interface TusClientOptions {
  readonly recordingId: string;
  /** e.g. `https://sallyport.example`; a path in it is kept */
  readonly serverUrl: string;
  /** value of the `Authorization` header for this request; `path` begins at the server's root */
  readonly authorize: (method: string, path: string) => Promise<string>;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
}

/** The server's answer was no success. */
export class UploadRefused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'UploadRefused';
    this.status = status;
  }
}

export function createTusClient(options: TusClientOptions): TusClient {
  const { recordingId, authorize, signal } = options;
  const base = new URL(options.serverUrl);
  const root = base.pathname.replace(/\/$/, '') + UPLOAD_PATH;
  const own = `${root}/${recordingId}`;

  const request = async (
    method: string,
    path: string,
    init: { headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> } = {},
  ): Promise<Response> => {
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const headers = {
      authorization: await authorize(method, path),
      'tus-resumable': TUS_VERSION,
      ...init.headers,
    };
    const response = await options.fetch(new URL(path, base), {
      method,
      headers,
      ...(init.body === undefined ? {} : { body: init.body }),
      signal: AbortSignal.any([signal, timeout]),
      // A proof is bound to one path; an answer from elsewhere is none of the server's.
      redirect: 'error',
    });
    if (!response.ok) throw new UploadRefused(response.status, await messageOf(response));
    return response;
  };

  // The server takes the length once: after a break in the last request it may have the length and not the bytes.
  let isLengthDeclared = false;
  return {
    async offset() {
      try {
        const response = await request('HEAD', own);
        const bytes = countIn(response, 'upload-offset');
        const length = response.headers.get('upload-length');
        isLengthDeclared = length !== null;
        return {
          bytes,
          isComplete: length !== null && Number(length) === bytes,
          receipt: receiptIn(response),
        };
      } catch (error) {
        if (error instanceof UploadRefused && error.status === 404) return null;
        throw error;
      }
    },
    async create() {
      const metadata = `recordingId ${Buffer.from(recordingId).toString('base64')}`;
      const headers = { 'upload-defer-length': '1', 'upload-metadata': metadata };
      await (await request('POST', root, { headers })).body?.cancel();
    },
    async append(offset, bytes, totalBytes) {
      const response = await request('PATCH', own, {
        headers: {
          'content-type': 'application/offset+octet-stream',
          'upload-offset': String(offset),
          ...(totalBytes === null || isLengthDeclared ? {} : { 'upload-length': String(totalBytes) }),
        },
        // A copy in its own buffer: fetch takes no view of a shared one.
        body: Uint8Array.from(bytes),
      });
      await response.body?.cancel();
      const reached = countIn(response, 'upload-offset');
      return {
        bytes: reached,
        isComplete: totalBytes !== null && reached === totalBytes,
        receipt: receiptIn(response),
      };
    },
  };
}

function receiptIn(response: Response): string | null {
  return response.headers.get('sallyport-receipt');
}

function countIn(response: Response, header: string): number {
  const text = response.headers.get(header) ?? '';
  if (!/^\d{1,15}$/.test(text)) throw new Error(`the answer has no readable ${header}`);
  return Number(text);
}

async function messageOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  try {
    const problem = Problem.safeParse(JSON.parse(text));
    if (problem.success) return problem.data.detail;
  } catch {
    // Not a problem document: a proxy's page, or the empty answer to HEAD.
  }
  return `the server answered ${response.status}`;
}
