import { createHmac } from 'node:crypto';
import type { AlertSink } from '../alert-sink.ts';

/**
 * Posts alerts as JSON, signed after Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp` (seconds) and
 * `webhook-signature: v1,BASE64` = HMAC-SHA-256 over `id.timestamp.body`. A receiver checks the signature, the time, and each id once.
 * Anything but a 2xx is a failure.
 */
export function createWebhookSink(options: {
  readonly name: string;
  readonly url: string;
  /** base64 */
  readonly secret: string;
  readonly nowMs: () => number;
}): AlertSink {
  const key = Buffer.from(options.secret, 'base64');
  return {
    name: options.name,
    async deliver(notice, signal) {
      const body = JSON.stringify({
        type: 'session.alert',
        timestamp: new Date(notice.atMs).toISOString(),
        data: notice,
      });
      const timestamp = String(Math.floor(options.nowMs() / 1000));
      const signature = createHmac('sha256', key)
        .update(`${notice.id}.${timestamp}.${body}`)
        .digest('base64');
      const response = await fetch(options.url, {
        method: 'POST',
        redirect: 'error',
        headers: {
          'content-type': 'application/json',
          'webhook-id': notice.id,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature}`,
        },
        body,
        signal,
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`The webhook answered with ${String(response.status)}.`);
    },
  };
}
