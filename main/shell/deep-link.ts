import type { LinkView } from '../../contract/link.ts';
import { LINK_PLACES, LinkView as Link } from '../../contract/link.ts';

const MAX_LINK_CHARACTERS = 200;
/** Seconds, to the millisecond. */
const AT = /^\?at=(\d{1,9}(?:\.\d{1,3})?)$/;
const TARGET = /^\?target=([A-Za-z0-9_-]{1,64})$/;

/**
 * Reads `sallyport://request/<id>`, `sallyport://session/<id>` and `sallyport://recording/<id>`, the last also with `?at=<seconds>`;
 * `sallyport://<view>` for a view by its name; `sallyport://request?target=<id>` for the form of a new request. A link only shows a
 * view: it never opens a session or sends anything, and whatever else is in it (host, query, fragment, credentials) makes it null.
 */
export function parseDeepLink(text: string): LinkView | null {
  if (text.length > MAX_LINK_CHARACTERS || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isPlain = url.hash === '' && url.username === '' && url.password === '' && url.port === '';
  if (url.protocol !== 'sallyport:' || !isPlain) return null;
  return Link.safeParse(linkOf(url.host, url.pathname.replace(/^\//, ''), url.search)).data ?? null;
}

/** Not checked yet. */
function linkOf(host: string, id: string, search: string): unknown {
  if (id === '') {
    const target = TARGET.exec(search);
    if (host === 'request' && target !== null) return { view: 'new-request', targetId: target[1] };
    const place = LINK_PLACES.find(each => each === host);
    return search === '' && place !== undefined ? { view: 'place', place } : null;
  }
  if (host !== 'request' && host !== 'session' && host !== 'recording') return null;
  const at = host === 'recording' ? AT.exec(search) : null;
  if (at !== null) return { view: host, id, atMs: Math.round(Number(at[1]) * 1000) };
  return search === '' ? { view: host, id } : null;
}
