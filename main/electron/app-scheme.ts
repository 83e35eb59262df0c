import { readFile, realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Protocol } from 'electron';
import { APP_ORIGIN, APP_SCHEME } from '../../contract/preload-api.ts';
import { rendererHeaders } from '../shell/content-security-policy.ts';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Must run before the app is ready. */
export function registerAppScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Serves the renderer's files, and nothing outside their folder, each with the content security policy. */
export function serveAppScheme(protocol: Protocol, options: { folder: string; policy: string }): void {
  protocol.handle(APP_SCHEME, request => answerAppRequest(request.url, options));
}

/** Containment is decided on real paths: neither `..` nor a link leads out of the folder. */
export async function answerAppRequest(
  url: string,
  options: { folder: string; policy: string },
): Promise<Response> {
  const headers = rendererHeaders(options.policy);
  const refuse = () =>
    new Response('Not found', { status: 404, headers: { ...headers, 'content-type': 'text/plain' } });
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || `${parsed.protocol}//${parsed.host}` !== APP_ORIGIN) return refuse();
  try {
    const folder = await realpath(options.folder);
    const wanted = decodeURIComponent(parsed.pathname === '/' ? '/index.html' : parsed.pathname);
    const file = await realpath(join(folder, wanted));
    const inside = relative(folder, file);
    const mediaType = MEDIA_TYPES[extname(file)];
    if (inside === '' || inside.startsWith('..') || isAbsolute(inside) || mediaType === undefined)
      return refuse();
    const body = await readFile(pathToFileURL(file));
    return new Response(new Uint8Array(body), {
      status: 200,
      headers: { ...headers, 'content-type': mediaType },
    });
  } catch {
    // Not there, or not a name at all: to a page both are the same.
    return refuse();
  }
}
