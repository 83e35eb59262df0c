import { once } from 'node:events';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { freePort } from './server-process.ts';

export interface TestPerson {
  readonly name: string;
  readonly groups: readonly string[];
}

/** A real OpenID provider on loopback, whose people sign in with any password. */
export interface TestIdentityProvider {
  readonly issuer: string;
  readonly clientId: string;
  /** by login; may be changed while it runs */
  readonly people: Map<string, TestPerson>;
  /** What a browser does: opens the page, signs in, agrees, and follows to where the provider leads at last. Resolves with the last page's text. */
  signIn(url: string, login: string): Promise<string>;
  close(): Promise<void>;
}

const MAX_PAGES = 20;

export async function startIdentityProvider(): Promise<TestIdentityProvider> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${String(port)}`;
  const clientId = 'sallyport';
  const people = new Map<string, TestPerson>();
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
        response_types: ['code'],
        // Any port of a native client's loopback address fits (RFC 8252, section 7.3).
        redirect_uris: ['http://127.0.0.1/sign-in'],
      },
    ],
    pkce: { required: () => true },
    features: { deviceFlow: { enabled: true }, devInteractions: { enabled: true } },
    claims: { openid: ['sub'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'profile', 'groups'],
    cookies: { keys: ['only of this test'] },
    findAccount: (_context: unknown, login: string) => ({
      accountId: login,
      claims: () => ({ sub: login, ...people.get(login) }),
    }),
  });
  const server = createServer(provider.callback());
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    issuer,
    clientId,
    people,
    signIn: (url, login) => walk(url, login),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function walk(start: string, login: string): Promise<string> {
  const cookies = new Map<string, string>();
  let request: { url: string; body: URLSearchParams | null } = { url: start, body: null };
  let last = '';
  for (let page = 0; page < MAX_PAGES; page++) {
    const response: Response = await fetch(request.url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(request.body === null ? {} : { method: 'POST', body: request.body }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';', 1)[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    last = await response.text();
    const form = location === null ? formOf(last, request.url, login) : null;
    if (location !== null) request = { url: new URL(location, request.url).href, body: null };
    else if (form !== null) request = form;
    else return last;
  }
  throw new Error(`The provider leads nowhere:\n${last.slice(0, 2000)}`);
}

function formOf(html: string, base: string, login: string): { url: string; body: URLSearchParams } | null {
  const form = /<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/.exec(html);
  if (form === null) return null;
  const body = new URLSearchParams();
  for (const [input] of (form[2] ?? '').matchAll(/<(?:input|button)[^>]*>/g)) {
    const name = /\bname="([^"]*)"/.exec(input)?.[1];
    if (name === undefined || name === 'abort') continue;
    const value = /\bvalue="([^"]*)"/.exec(input)?.[1] ?? '';
    body.set(name, name === 'login' ? login : name === 'password' ? 'any' : value);
  }
  return { url: new URL(form[1] ?? '', base).href, body };
}
