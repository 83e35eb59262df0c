/** A server that takes recordings. */
export interface UploadTarget {
  readonly serverUrl: string;
  /** value of the `Authorization` header of one request; `path` is that of the URL, with query */
  readonly authorize: (method: string, path: string) => Promise<string>;
  readonly fetch: typeof globalThis.fetch;
}
