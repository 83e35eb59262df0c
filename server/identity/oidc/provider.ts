import * as oidc from 'openid-client';
import { SallyportError } from '../../../contract/errors.ts';
import type { ProvenPerson } from './map-claims.ts';
import { personOf } from './map-claims.ts';
import type { OidcSettings } from './oidc-settings.ts';

/** What the server remembers of a sign-in that was started; a secret. */
export type SignInSecret =
  | {
      readonly flow: 'browser';
      readonly verifier: string;
      readonly state: string;
      readonly nonce: string;
      readonly redirectUri: string;
    }
  | { readonly flow: 'device'; readonly deviceCode: string };

/** An identity provider (OpenID Connect Core 1.0), found by its discovery document at the first use. */
export interface OidcProvider {
  readonly name: string;
  readonly sessionMs: number;
  hasDeviceFlow(): Promise<boolean>;
  /** Authorisation code with PKCE (S256), state and nonce. */
  startBrowser(redirectUri: string): Promise<{ readonly url: string; readonly secret: SignInSecret }>;
  startDevice(): Promise<{
    readonly url: string;
    readonly userCode: string;
    readonly secret: SignInSecret;
    readonly intervalMs: number;
    readonly expiresInMs: number;
  }>;
  /** Who signed in; null while the person is not done (device flow). Throws `not-signed-in` or `not-allowed`, in words. */
  finish(secret: SignInSecret, callback: string): Promise<ProvenPerson | null>;
}

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const DEFAULT_INTERVAL_S = 5;
const TIMEOUT_S = 10;

export function createOidcProvider(options: {
  readonly settings: OidcSettings;
  /** null: a public client */
  readonly clientSecret: string | null;
}): OidcProvider {
  const { settings, clientSecret } = options;
  const scope = settings.scopes.join(' ');
  let found: Promise<oidc.Configuration> | null = null;

  /** Asked again after a failure. */
  const configuration = (): Promise<oidc.Configuration> => {
    found ??= oidc
      .discovery(
        new URL(settings.issuer),
        settings.clientId,
        undefined,
        clientSecret === null ? oidc.None() : oidc.ClientSecretBasic(clientSecret),
        {
          timeout: TIMEOUT_S,
          // Allowed by the settings for a provider on this machine only.
          execute: settings.issuer.startsWith('http://') ? [oidc.allowInsecureRequests] : [],
        },
      )
      .catch((error: unknown) => {
        found = null;
        throw unreachable(settings, error);
      });
    return found;
  };

  async function claimsOf(
    config: oidc.Configuration,
    tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers,
  ): Promise<Readonly<Record<string, unknown>>> {
    const claims = tokens.claims();
    if (claims === undefined) throw new SallyportError('not-signed-in', `${settings.name} gave no ID token.`);
    // Some providers tell groups only there.
    if (settings.groupsClaim in claims || config.serverMetadata().userinfo_endpoint === undefined)
      return claims;
    return { ...(await oidc.fetchUserInfo(config, tokens.access_token, claims.sub)), ...claims };
  }

  return {
    name: settings.name,
    sessionMs: settings.sessionHours * 3600_000,
    async hasDeviceFlow() {
      const config = await configuration();
      return config.serverMetadata().device_authorization_endpoint !== undefined;
    },
    async startBrowser(redirectUri) {
      const config = await configuration();
      const verifier = oidc.randomPKCECodeVerifier();
      const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope,
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, secret: { flow: 'browser', verifier, state, nonce, redirectUri } };
    },
    async startDevice() {
      const config = await configuration();
      const started = await oidc.initiateDeviceAuthorization(config, { scope }).catch((error: unknown) => {
        throw unreachable(settings, error);
      });
      return {
        url: started.verification_uri_complete ?? started.verification_uri,
        userCode: started.user_code,
        secret: { flow: 'device', deviceCode: started.device_code },
        intervalMs: (started.interval ?? DEFAULT_INTERVAL_S) * 1000,
        expiresInMs: started.expires_in * 1000,
      };
    },
    async finish(secret, callback) {
      const config = await configuration();
      try {
        const tokens =
          secret.flow === 'browser'
            ? await oidc.authorizationCodeGrant(config, callbackUrl(secret.redirectUri, callback), {
                pkceCodeVerifier: secret.verifier,
                expectedState: secret.state,
                expectedNonce: secret.nonce,
                idTokenExpected: true,
              })
            : await oidc.genericGrantRequest(config, DEVICE_GRANT, { device_code: secret.deviceCode });
        return personOf(await claimsOf(config, tokens), settings);
      } catch (error) {
        if (isPending(error)) return null;
        throw refusalOf(settings, error);
      }
    },
  };
}

/** The client only tells the query: the address is the one that was registered at the start. */
function callbackUrl(redirectUri: string, callback: string): URL {
  const url = new URL(redirectUri);
  url.search = callback;
  return url;
}

function isPending(error: unknown): boolean {
  return (
    error instanceof oidc.ResponseBodyError &&
    (error.error === 'authorization_pending' || error.error === 'slow_down')
  );
}

function refusalOf(settings: OidcSettings, error: unknown): Error {
  if (error instanceof SallyportError) return error;
  if (error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError) {
    return new SallyportError(
      'not-signed-in',
      `${settings.name} did not let this sign-in through (${error.error}). Start again.`,
      { cause: error },
    );
  }
  if (error instanceof oidc.ClientError || error instanceof TypeError) {
    return new SallyportError(
      'not-signed-in',
      `The answer of ${settings.name} did not fit this sign-in. Start again; if that stays, tell an administrator.`,
      { cause: error },
    );
  }
  return error instanceof Error ? error : new Error(String(error));
}

function unreachable(settings: OidcSettings, cause: unknown): SallyportError {
  return new SallyportError(
    'server-failed',
    `The server cannot reach ${settings.name} (${new URL(settings.issuer).host}) to sign anybody in. Try again, or tell an administrator.`,
    { cause },
  );
}
