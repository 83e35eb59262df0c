import { hostname } from 'node:os';
import { z } from 'zod';
import { readSettingsFile, readSettingsText } from '../settings/read-server-settings.ts';
import type { AlertSink } from './alert-sink.ts';
import { createMailSink } from './sinks/mail.ts';
import { createSyslogSink } from './sinks/syslog.ts';
import { createWebhookSink } from './sinks/webhook.ts';

const named = { name: z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be a short name of a-z, 0-9 and "-"') };
const port = z.int().min(1).max(65_535);
const host = z.string().regex(/^(?!-)[A-Za-z0-9.:_-]{1,253}$/, 'must be a host name or address');

/** The file that `--alerts` names: a list of sinks. */
const SinkSettings = z
  .array(
    z.discriminatedUnion('kind', [
      z.strictObject({
        ...named,
        kind: z.literal('webhook'),
        url: z.url({ protocol: /^https?$/ }).max(1000),
        /** base64; 24 bytes or more */
        secret: z.base64().min(32, 'must be base64 of 24 bytes or more'),
      }),
      z.strictObject({
        ...named,
        kind: z.literal('syslog'),
        protocol: z.enum(['udp', 'tcp', 'tls']),
        host,
        port,
        /** a PEM file of the authority of a `tls` receiver */
        caFile: z.string().optional(),
      }),
      z.strictObject({
        ...named,
        kind: z.literal('mail'),
        host,
        port,
        /** TLS from the first byte (port 465); else STARTTLS */
        isTls: z.boolean().default(false),
        login: z.strictObject({ user: z.string(), password: z.string() }).optional(),
        from: z.email(),
        to: z.array(z.email()).min(1).max(50),
      }),
    ]),
  )
  .max(20)
  .refine(sinks => new Set(sinks.map(({ name }) => name)).size === sinks.length, 'names must differ');

/** Reads the sinks of a server. Throws `bad-input` that names each key that is wrong, and its line. */
export async function readAlertSinks(path: string, nowMs: () => number): Promise<readonly AlertSink[]> {
  const sinks = await readSettingsFile(path, SinkSettings);
  return Promise.all(
    sinks.map(async (sink): Promise<AlertSink> => {
      if (sink.kind === 'webhook') return createWebhookSink({ ...sink, nowMs });
      if (sink.kind === 'mail') return createMailSink(sink);
      const caPem = sink.caFile === undefined ? undefined : await readSettingsText(sink.caFile);
      return createSyslogSink({ ...sink, caPem, hostName: hostname() });
    }),
  );
}
