import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { GrantClaims } from '../../contract/grant.ts';
import { OpenSession } from '../../contract/session-host.ts';

export interface GrantFixture {
  /** seconds since the epoch */
  readonly exp?: number;
  readonly graceMs?: number;
  readonly redaction?: Partial<GrantClaims['redaction']>;
  readonly target?: Partial<GrantClaims['target']>;
  /** age recipients */
  readonly recipients?: readonly string[];
}

/** Claims of a grant for a local shell that runs for an hour. */
export function grantFixture(fixture: GrantFixture = {}): GrantClaims {
  const now = Math.floor(Date.now() / 1000);
  return GrantClaims.parse({
    iss: 'https://server.example',
    aud: 'sallyport',
    sub: 'ac_operator',
    jti: 'gr_test',
    iat: now,
    nbf: now,
    exp: fixture.exp ?? now + 3600,
    device: 'dv_test',
    request: 'rq_test',
    target: { id: 'tg_local', kind: 'local', name: 'this machine', ...fixture.target },
    scope: {},
    redaction: { ...fixture.redaction },
    budget: {},
    recording: { recipients: fixture.recipients ?? [`age1${'q'.repeat(58)}`] },
    session: { graceMs: fixture.graceMs ?? 60_000 },
    reason: 'a test',
    approved_by: ['ac_approver'],
  });
}

/** What main sends to open a session: a local shell with a small environment of its own. */
export function openFixture(
  fixture: GrantFixture & Partial<Omit<OpenSession, 'kind' | 'grant'>> = {},
): OpenSession {
  const { exp, graceMs, redaction, target, recipients, ...open } = fixture;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const grant = grantFixture({
    ...(exp === undefined ? {} : { exp }),
    ...(graceMs === undefined ? {} : { graceMs }),
    ...(redaction === undefined ? {} : { redaction }),
    ...(target === undefined ? {} : { target }),
    ...(recipients === undefined ? {} : { recipients }),
  });
  return OpenSession.parse({
    kind: 'open',
    sessionId: `se_${randomBytes(8).toString('hex')}`,
    grant,
    grantHash: '0'.repeat(64),
    cols: 80,
    rows: 24,
    environment: { PATH: '/usr/bin:/bin', HOME: '/tmp', SHELL: '/bin/sh', PS1: '$ ', TERM: 'xterm-256color' },
    credential: { kind: 'none' },
    viaCredentials: [],
    sshPrivateKeyPem: null,
    device: {
      id: 'dv_test',
      privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      publicKey: publicKey.export({ format: 'jwk' }).x,
    },
    spoolFolder: '/nonexistent',
    spoolQuotaBytes: 100 * 1024 * 1024,
    upload: null,
    clockOffsetMs: 0,
    tokenKey: randomBytes(32).toString('base64url'),
    ...open,
  });
}
