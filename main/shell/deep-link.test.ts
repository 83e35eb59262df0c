import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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

  it.each([
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
        ),
        text => {
          const link = parseDeepLink(text);
          return link === null || /^[A-Za-z0-9_-]{1,64}$/.test(link.id);
        },
      ),
    );
  });
});
