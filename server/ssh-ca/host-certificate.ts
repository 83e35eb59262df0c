import type { z } from 'zod';
import type { HostCertificateInput } from '../../contract/server-administration.ts';
import type { Caller } from '../authorization.ts';
import type { ServerContext } from '../server-context.ts';
import { writeCertificate } from './certificate.ts';

const DAY_MS = 24 * 3600 * 1000;
/** A client's clock may be behind ours by this much. */
const BACKDATE_MS = 5 * 60_000;

/** Certifies a host's key, so that clients which trust the host CA know it under these names. */
export async function createHostCertificate(
  context: ServerContext,
  caller: Caller,
  input: z.output<typeof HostCertificateInput>,
): Promise<{ readonly certificate: string; readonly validUntilMs: number }> {
  const nowMs = context.nowMs();
  const validUntilMs = nowMs + input.days * DAY_MS;
  const certificate = writeCertificate(context.keys.sshHostCa, {
    kind: 'host',
    publicKey: input.publicKey,
    keyId: `host ${input.names[0] ?? ''}`,
    principals: input.names,
    validAfterMs: nowMs - BACKDATE_MS,
    validBeforeMs: validUntilMs,
    criticalOptions: {},
    extensions: [],
  });
  await context.changes.run(change => {
    change.audit({
      actor: caller,
      action: 'host-certificate.issue',
      subject: input.names[0] ?? '',
      detail: { names: input.names, publicKey: input.publicKey, validUntilMs },
    });
    return Promise.resolve();
  });
  return { certificate, validUntilMs };
}
