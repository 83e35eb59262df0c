/** What a request says about where it comes from. */
export interface RequestOrigin {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly isUpgrade: boolean;
}

/**
 * Why a request is refused before anything else is looked at, or null where it may go on.
 * `Host` must name this loopback port: another name that resolves here is DNS rebinding. `Origin` must be ours on everything that
 * another page could send with consequences: WebSockets (which no same-origin policy guards) and any method but GET and HEAD.
 */
export function refusalOf(request: RequestOrigin, port: number): string | null {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (request.host === undefined || !hosts.includes(request.host))
    return 'This address is served to 127.0.0.1 and localhost only.';
  const needsOrigin = request.isUpgrade || !['GET', 'HEAD'].includes(request.method);
  if (needsOrigin && request.origin !== `http://${request.host}`)
    return 'Another page asked for this; it was refused.';
  if (request.origin !== undefined && request.origin !== `http://${request.host}`)
    return 'Another page asked for this; it was refused.';
  return null;
}
