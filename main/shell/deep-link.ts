import { z } from 'zod';

export interface DeepLink {
  readonly view: 'request' | 'session' | 'recording';
  readonly id: string;
  /** of a recording: the moment, milliseconds since its start */
  readonly atMs?: number;
}

const Id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const MAX_LINK_CHARACTERS = 200;
/** Seconds, to the millisecond. */
const AT = /^\?at=(\d{1,9}(?:\.\d{1,3})?)$/;

/**
 * Reads `sallyport://request/<id>`, `sallyport://session/<id>` and `sallyport://recording/<id>`, the last also with `?at=<seconds>`.
 * A link only shows a view: it never opens a session, and anything else in it (host, query, fragment, credentials) makes it null.
 */
export function parseDeepLink(text: string): DeepLink | null {
  if (text.length > MAX_LINK_CHARACTERS || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isPlain = url.hash === '' && url.username === '' && url.password === '' && url.port === '';
  if (url.protocol !== 'sallyport:' || !isPlain) return null;
  const view = url.host;
  const id = Id.safeParse(url.pathname.replace(/^\//, ''));
  if (!id.success) return null;
  if (view === 'recording') {
    const at = AT.exec(url.search);
    if (at !== null) return { view, id: id.data, atMs: Math.round(Number(at[1]) * 1000) };
  }
  if (url.search !== '') return null;
  return view === 'request' || view === 'session' || view === 'recording' ? { view, id: id.data } : null;
}
