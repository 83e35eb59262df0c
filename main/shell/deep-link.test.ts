import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINK_PLACES } from '../../contract/link.ts';
import { parseDeepLink } from './deep-link.ts';

describe('deep links', () => {
  it('name a view and an id', () => {
    expect(parseDeepLink('sallyport://request/rq_12-A')).toEqual({ view: 'request', id: 'rq_12-A' });
    expect(parseDeepLink('sallyport://session/abc')).toEqual({ view: 'session', id: 'abc' });
  });

  it('lead to a moment of a recording', () => {
    expect(parseDeepLink('sallyport://recording/s-1')).toEqual({ view: 'recording', id: 's-1' });
    expect(parseDeepLink('sallyport://recording/s-1?at=83.25')).toEqual({
      view: 'recording',
      id: 's-1',
      atMs: 83_250,
    });
  });

  it('lead to a view by its name', () => {
    for (const place of LINK_PLACES)
      expect(parseDeepLink(`sallyport://${place}`)).toEqual({ view: 'place', place });
    expect(parseDeepLink('sallyport://settings/')).toEqual({ view: 'place', place: 'settings' });
  });

  it('lead to the form of a request, with its target', () => {
    expect(parseDeepLink('sallyport://request?target=shop-db')).toEqual({
      view: 'new-request',
      targetId: 'shop-db',
    });
  });

  it.each([
    'sallyport://',
    'sallyport://nowhere',
    'sallyport://keys?x=1',
    'sallyport://settings/theme',
    'sallyport://request?target=',
    'sallyport://request?target=a%20b',
    'sallyport://request?target=a&reason=b',
    'sallyport://request/abc?target=a',
    'sallyport://recording/s-1?at=-1',
    'sallyport://recording/s-1?at=1e9',
    'sallyport://recording/s-1?at=1&x=2',
    'sallyport://session/s-1?at=1',
    'https://request/abc',
    'sallyport://admin/abc',
    'sallyport://request/',
    'sallyport://request/a/b',
    'sallyport://request/..%2f..',
    'sallyport://request/abc?x=1',
    'sallyport://request/abc#x',
    'sallyport://user:pw@request/abc',
    'sallyport://request:1/abc',
    `sallyport://request/${'a'.repeat(65)}`,
    'not a link',
  ])('refuse %s', text => {
    expect(parseDeepLink(text)).toBeNull();
  });

  it('give an id of harmless characters or nothing, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map(tail => `sallyport://request/${tail}`),
          fc.string().map(tail => `sallyport://request?target=${tail}`),
          fc.string().map(tail => `sallyport://${tail}`),
        ),
        text => {
          const link = parseDeepLink(text);
          if (link === null || link.view === 'place') return true;
          return /^[A-Za-z0-9_-]{1,64}$/.test(link.view === 'new-request' ? link.targetId : link.id);
        },
      ),
    );
  });
});
