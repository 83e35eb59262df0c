import { createPrivateKey } from 'node:crypto';
import { hostname } from 'node:os';
import { CompactSign } from 'jose';
import { SallyportError } from '../../contract/errors.ts';
import type { SignInOffer } from '../../contract/sign-in.ts';
import { SIGN_IN_TYP } from '../../contract/sign-in.ts';
import type { DeviceKey } from '../vault/device-key.ts';
import type { EnrolledAccount } from '../vault/vault.ts';
import { enrolledAccount } from './enrol.ts';
import { listenForAnswer } from './loopback-answer.ts';
import type { ServerHttp } from './server-http.ts';
import { createServerHttp } from './server-http.ts';

/** A sign-in that a person is busy with. */
export interface PendingSignIn {
  /** the provider's page */
  readonly url: string;
  /** to be typed or compared there; null where the browser comes back by itself */
  readonly userCode: string | null;
  /** Rejects with `SallyportError`: `not-signed-in`, `not-allowed`, `server-unreachable`. */
  readonly finished: Promise<EnrolledAccount>;
  cancel(): void;
}

/** What the server offers beside one-time codes. */
export async function readSignInOffer(serverUrl: string): Promise<SignInOffer> {
  return openHttp(serverUrl).call('signInOffer', {});
}

/**
 * Starts a sign-in at the server's identity provider. `device`: a new key, or the one of a device whose sign-in has run out. In the flow `browser` the
 * provider sends the browser back to this machine; `device` is for machines without one.
 */
export async function startSignIn(options: {
  readonly serverUrl: string;
  readonly flow: 'browser' | 'device';
  readonly device: DeviceKey;
}): Promise<PendingSignIn> {
  const { flow, device } = options;
  const http = openHttp(options.serverUrl);
  const own = {
    deviceName: hostname().slice(0, 120) || 'device',
    devicePublicKey: device.publicKey,
  };
  const loopback = flow === 'browser' ? await listenForAnswer() : null;
  const cancelled = new AbortController();
  try {
    const started = await http.call('startSignIn', {
      input:
        loopback === null
          ? { flow: 'device', ...own }
          : { flow: 'browser', ...own, redirectUri: loopback.redirectUri },
    });
    const proof = await new CompactSign(new TextEncoder().encode(JSON.stringify({ signIn: started.id })))
      .setProtectedHeader({ alg: 'EdDSA', typ: SIGN_IN_TYP })
      .sign(createPrivateKey(device.privateKeyPem));
    const timeout = setTimeout(() => cancelled.abort(), started.expiresAtMs - Date.now() + CLOCK_MARGIN_MS);
    timeout.unref();
    const stopped = new Promise<never>((_, reject) => {
      cancelled.signal.addEventListener('abort', () => reject(over()), { once: true });
    });
    const finish = async (): Promise<EnrolledAccount> => {
      const callback = loopback === null ? undefined : await loopback.query;
      const enrolment = await askUntilDone(http, {
        id: started.id,
        proof,
        callback,
        signal: cancelled.signal,
      });
      return enrolledAccount(http.serverUrl, enrolment, device);
    };
    const finished = Promise.race([finish(), stopped]).finally(() => {
      clearTimeout(timeout);
      loopback?.close();
    });
    finished.catch(() => undefined); // the caller hears of it from the promise itself
    return { url: started.url, userCode: started.userCode, finished, cancel: () => cancelled.abort() };
  } catch (error) {
    loopback?.close();
    throw error;
  }
}

/** Clocks differ; the server decides when it is too late. */
const CLOCK_MARGIN_MS = 120_000;

async function askUntilDone(
  http: ServerHttp,
  question: {
    readonly id: string;
    readonly proof: string;
    readonly callback: string | undefined;
    readonly signal: AbortSignal;
  },
) {
  const { id, proof, callback, signal } = question;
  for (;;) {
    const answer = await http.call('finishSignIn', {
      params: { id },
      input: { proof, ...(callback === undefined ? {} : { callback }) },
      signal,
    });
    if (answer.state === 'done') return answer.enrolment;
    await pause(answer.waitMs, signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(over());
      },
      { once: true },
    );
  });
}

function openHttp(serverUrl: string): ServerHttp {
  return createServerHttp({ serverUrl, proof: null, nowMs: () => Number.NaN, wallNowMs: () => Date.now() });
}

function over(): SallyportError {
  return new SallyportError('not-signed-in', 'The sign-in was ended before it was finished. Start again.');
}
