import { hostname } from 'node:os';
import { EnrolAnswer } from '../../contract/server-api.ts';
import type { DeviceKey } from '../vault/device-key.ts';
import { generateDeviceKey } from '../vault/device-key.ts';
import type { EnrolledAccount } from '../vault/vault.ts';
import { createServerHttp } from './server-http.ts';

/**
 * Makes this client a device of the account that the one-time code was issued for (or renews its sign-in), and pins the server's keys, issuer and
 * audience.
 * Throws `SallyportError`: `bad-input` or `not-allowed` for a code that is wrong, used or too old.
 */
export async function enrolDevice(options: {
  readonly serverUrl: string;
  readonly code: string;
  readonly deviceName?: string;
  /** of a device whose sign-in has run out; else a new key */
  readonly device?: DeviceKey;
}): Promise<EnrolledAccount> {
  const device = options.device ?? generateDeviceKey();
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
  return enrolledAccount(http.serverUrl, answer, device);
}

/** What this client keeps of its enrolment, with the server's keys pinned. */
export function enrolledAccount(serverUrl: string, answer: EnrolAnswer, device: DeviceKey): EnrolledAccount {
  const keys = answer.jwks.keys.map(key => ({ ...key, kty: String(key['kty']) }));
  const { account, deviceId, audience, issuer } = answer;
  return { serverUrl, account, deviceId, audience, issuer, jwks: { keys }, device };
}
