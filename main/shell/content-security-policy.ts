/**
 * The one content security policy, for both shells. Everything is denied, then listed.
 *
 * `style-src 'unsafe-inline'`: xterm.js writes its colours and cell sizes as `style` elements and attributes; what an injected style
 * could do is bounded by the rest (no remote image, font or connection to carry anything out).
 *
 * `connectOrigins`: where the page may connect to besides its own origin, as origins (`ws://127.0.0.1:8080`); none on the desktop.
 */
export function contentSecurityPolicy(connectOrigins: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `connect-src ${["'self'", ...connectOrigins].join(' ')}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // renderer/bridge/trusted-types.ts makes the one policy
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}

/** Headers that go with every answer to a renderer, whichever shell gives it. */
export function rendererHeaders(policy: string): Record<string, string> {
  return {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}
