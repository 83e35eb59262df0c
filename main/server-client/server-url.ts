import { SallyportError } from '../../contract/errors.ts';

/** Whether only this machine reaches a host: a name or address as in a URL, with or without brackets. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || isLoopbackAddress(name);
}

/** The whole of 127.0.0.0/8 (RFC 1122, section 3.2.1.3). */
function isLoopbackAddress(name: string): boolean {
  return /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name);
}

/**
 * Throws `bad-input` unless the address of a server is https, or http to this very machine: over plain HTTP anybody on the way reads what
 * is asked for and answered, and changes it.
 */
export function requireSafeServerUrl(serverUrl: string): void {
  const url = URL.canParse(serverUrl) ? new URL(serverUrl) : null;
  if (url?.protocol === 'https:') return;
  if (url?.protocol === 'http:') {
    if (isLoopbackHost(url.hostname)) return;
    throw new SallyportError(
      'bad-input',
      `${url.origin} is plain HTTP: others on the network could read and change what is sent. Use the https:// address of the server; http:// is for a server on this machine only.`,
    );
  }
  throw new SallyportError(
    'bad-input',
    'The address of a server begins with https://, such as https://sallyport.example.com.',
  );
}
