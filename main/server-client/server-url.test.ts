import { describe, expect, test } from 'vitest';
import { createServerHttp } from './server-http.ts';
import { requireSafeServerUrl } from './server-url.ts';

describe('the address of a server', () => {
  test.each([
    'https://sallyport.example.com',
    'https://10.0.0.7:7443/below',
    'http://127.0.0.1:7443',
    'http://127.8.9.10',
    'http://localhost:7443',
    'http://demo.localhost:7443',
    'http://[::1]:7443',
  ])('%s is taken', url => {
    expect(() => requireSafeServerUrl(url)).not.toThrow();
  });

  test.each([
    'http://sallyport.example.com',
    'http://10.0.0.7:7443',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'http://localhost@example.com',
    'http://0.0.0.0:7443',
    'http://[::]:7443',
  ])('%s is refused, and the words say what to use instead', url => {
    expect(() => requireSafeServerUrl(url)).toThrow(/is plain HTTP: .* Use the https:\/\/ address/);
  });

  test.each(['', 'sallyport.example.com', 'ftp://example.com', 'file:///etc'])('%j is none', url => {
    expect(() => requireSafeServerUrl(url)).toThrow('begins with https://');
  });

  test('nothing is sent to one that is refused, whatever is asked for', async () => {
    let isProofMade = false;
    const http = createServerHttp({
      serverUrl: 'http://sallyport.invalid',
      proof: { authorize: () => ((isProofMade = true), Promise.resolve('')) },
      nowMs: () => 0,
      wallNowMs: () => 0,
    });
    const refusal = { code: 'bad-input', message: expect.stringContaining('plain HTTP') as unknown };
    await expect(http.call('time', {})).rejects.toMatchObject(refusal);
    await expect(http.fetch('/v1/events')).rejects.toMatchObject(refusal);
    expect(isProofMade).toBe(false);
  });
});
