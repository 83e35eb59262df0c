import { hostname } from 'node:os';
import { EnrolAnswer } from '../../contract/server-api.ts';
import { generateDeviceKey } from '../vault/device-key.ts';
import type { EnrolledAccount } from '../vault/vault.ts';
import { createServerHttp } from './server-http.ts';

/**
 * Makes this client a device of the account that the one-time code was issued for, and pins the server's keys, issuer and audience.
 * Throws `SallyportError`: `bad-input` or `not-allowed` for a code that is wrong, used or too old.
 */
export async function enrolDevice(options: {
  readonly serverUrl: string;
  readonly code: string;
  readonly deviceName?: string;
}): Promise<EnrolledAccount> {
  const device = generateDeviceKey();
  const http = createServerHttp({
    serverUrl: options.serverUrl,
    proof: null,
    nowMs: () => Number.NaN,
    wallNowMs: () => Date.now(),
  });
  const answer = EnrolAnswer.parse(
    await http.call('enrol', {
      input: {
        code: options.code,
        deviceName: options.deviceName ?? (hostname().slice(0, 120) || 'device'),
        devicePublicKey: device.publicKey,
      },
    }),
  );
  const keys = answer.jwks.keys.map(key => ({ ...key, kty: String(key.kty) }));
  return {
    serverUrl: http.serverUrl,
    account: answer.account,
    deviceId: answer.deviceId,
    audience: answer.audience,
    issuer: answer.issuer,
    jwks: { keys },
    device,
  };
}
