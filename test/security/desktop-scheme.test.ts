import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerAppRequest } from '../../main/electron/app-scheme.ts';
import { contentSecurityPolicy } from '../../main/shell/content-security-policy.ts';
import { temporaryFolder } from '../support/desktop-program.ts';

const temporary = temporaryFolder();
const folder = join(temporary.path, 'renderer');
const policy = contentSecurityPolicy();
const get = (url: string) => answerAppRequest(url, { folder, policy });

beforeAll(() => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  mkdirSync(join(temporary.path, 'renderer-beside'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'a b.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'notes.txt'), 'notes');
  writeFileSync(join(folder, 'assets', 'a.js.map'), '{}');
  writeFileSync(join(temporary.path, 'secret.html'), 'secret');
  writeFileSync(join(temporary.path, 'renderer-beside', 'secret.js'), 'secret');
  symlinkSync(join(temporary.path, 'secret.html'), join(folder, 'link.html'));
  symlinkSync(temporary.path, join(folder, 'up'));
  symlinkSync(join(folder, 'index.html'), join(folder, 'inside.html'));
});
afterAll(() => {
  temporary.remove();
});

describe("the app's scheme", () => {
  it.each([
    ['sallyport-app://ui/', 'text/html; charset=utf-8'],
    ['sallyport-app://ui/index.html', 'text/html; charset=utf-8'],
    ['sallyport-app://ui/index.html?a#b', 'text/html; charset=utf-8'],
    ['sallyport-app://ui/inside.html', 'text/html; charset=utf-8'],
    ['sallyport-app://ui/assets/a%20b.js', 'text/javascript; charset=utf-8'],
    ['sallyport-app://ui/x/../index.html', 'text/html; charset=utf-8'],
  ])('serves %s', async (url, mediaType) => {
    const answer = await get(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(mediaType);
    expect((await answer.text()).length).toBeGreaterThan(0);
  });

  it.each([
    ['the folder above', 'sallyport-app://ui/../secret.html'],
    ['the folder above, encoded', 'sallyport-app://ui/%2e%2e/secret.html'],
    ['the folder above, encoded to the slash', 'sallyport-app://ui/..%2fsecret.html'],
    ['the folder above, encoded twice', 'sallyport-app://ui/%252e%252e%252fsecret.html'],
    ['a folder whose name begins the same', 'sallyport-app://ui/..%2frenderer-beside%2fsecret.js'],
    ['backslashes', 'sallyport-app://ui/..\\secret.html'],
    ['an absolute path', `sallyport-app://ui/${encodeURIComponent('/etc/hostname')}`],
    ['a link that leads out', 'sallyport-app://ui/link.html'],
    ['a folder that leads out', 'sallyport-app://ui/up/secret.html'],
    ['a type that is not listed', 'sallyport-app://ui/assets/notes.txt'],
    ['a source map', 'sallyport-app://ui/assets/a.js.map'],
    ['a folder', 'sallyport-app://ui/assets'],
    ['what is not there', 'sallyport-app://ui/none.html'],
    ['a name with a zero byte', 'sallyport-app://ui/index.html%00.html'],
    ['a broken escape', 'sallyport-app://ui/%zz.html'],
    ['another host', 'sallyport-app://ui.evil/index.html'],
    ['another port', 'sallyport-app://ui:1/index.html'],
    ['another scheme', 'https://ui/index.html'],
    ['no address', 'index.html'],
  ])('refuses %s', async (_what, url) => {
    const answer = await get(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('Not found');
  });

  it.each(['sallyport-app://ui/', 'sallyport-app://ui/none.html', 'sallyport-app://ui.evil/', 'nonsense'])(
    'sends the policy with every answer: %s',
    async url => {
      const { headers } = await get(url);
      expect(headers.get('content-security-policy')).toBe(policy);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    },
  );

  it('refuses everything while the renderer is missing', async () => {
    const gone = join(temporary.path, 'gone');
    mkdirSync(gone);
    rmSync(gone, { recursive: true });
    expect((await answerAppRequest('sallyport-app://ui/', { folder: gone, policy })).status).toBe(404);
  });
});

describe('the content security policy', () => {
  it('denies everything, then lists; scripts are the own ones only', () => {
    const directives = new Map(policy.split('; ').map(each => [each.split(' ')[0], each]));
    expect(directives.get('default-src')).toBe("default-src 'none'");
    expect(directives.get('script-src')).toBe("script-src 'self'");
    expect(directives.get('require-trusted-types-for')).toBe("require-trusted-types-for 'script'");
    expect(directives.get('trusted-types')).toBe('trusted-types default');
    expect(directives.get('connect-src')).toBe("connect-src 'self'");
    expect(directives.get('frame-ancestors')).toBe("frame-ancestors 'none'");
    expect(directives.get('base-uri')).toBe("base-uri 'none'");
    expect(directives.get('form-action')).toBe("form-action 'none'");
    expect(policy).not.toMatch(/unsafe-eval|\*|https?:/);
  });
});
