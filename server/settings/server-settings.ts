import { z } from 'zod';
import { TrustedProxies } from '../http/trusted-proxies.ts';
import { S3_BUCKET, S3_ENDPOINT, S3_PREFIX } from '../recordings/s3-settings.ts';

const port = z.int().min(0).max(65_535);
const path = z.string().min(1).max(4096);
const host = z.string().regex(/^(?!-)[A-Za-z0-9.:_-]{1,253}$/, 'must be a host name or address');
const count = z.int().min(1).max(1_000_000_000);
const hours = z
  .number()
  .positive()
  .max(24 * 366);
const seconds = z.number().min(0).max(3600);

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

/**
 * The file that `--config` names. Everything may be left out. Paths are relative to the file's folder. Secrets are not in it: it names the
 * files that hold them, or they come from the environment.
 */
export const ServerSettings = z.strictObject({
  version: z.literal(1, 'must be 1'),
  data: path.optional(),
  listen: z
    .strictObject({
      host: host.optional(),
      port: port.optional(),
      /** PEM; the server's own certificate first, then those that sign it */
      tls: z.strictObject({ cert: path, key: path }).optional(),
      /** whose X-Forwarded-For counts; nobody's without it */
      trustedProxies: TrustedProxies.optional(),
    })
    .optional(),
  /** of a PostgreSQL of one's own: a file with its postgresql:// address on the first line */
  database: z.strictObject({ urlFile: path }).optional(),
  recordings: z
    .strictObject({
      s3: z.strictObject({
        bucket: z.string().regex(S3_BUCKET, 'must be 3 to 63 small letters, digits, "." and "-"'),
        endpoint: z
          .string()
          .regex(S3_ENDPOINT, 'must be an address such as "https://s3.example.com"')
          .optional(),
        region: z.string().min(1).optional(),
        prefix: z.string().regex(S3_PREFIX, 'must be folders that end in "/"').optional(),
      }),
    })
    .optional(),
  log: z.enum(LOG_LEVELS).optional(),
  alerts: path.optional(),
  policy: path.optional(),
  oidc: path.optional(),
  /** after so many hours a device has to sign in again */
  signIn: z
    .strictObject({
      /** since it enrolled with a one-time code */
      localHours: hours.optional(),
      /** since its last request */
      idleHours: hours.optional(),
    })
    .optional(),
  metrics: z.strictObject({ port, host: host.optional(), tokenFile: path.optional() }).optional(),
  /** requests a minute (wrongCodesPerAddress: in ten), by each instance */
  limits: z
    .strictObject({
      perDevice: count.optional(),
      perAccount: count.optional(),
      perAddress: count.optional(),
      enrolPerAddress: count.optional(),
      wrongCodesPerAddress: count.optional(),
      refusedPerAddress: count.optional(),
      connections: count.optional(),
    })
    .optional(),
  shutdown: z
    .strictObject({
      /** how long /readyz says no before anything ends */
      drainSeconds: seconds.optional(),
      /** how long requests under way may take then */
      timeoutSeconds: seconds.optional(),
    })
    .optional(),
});
export type ServerSettings = z.output<typeof ServerSettings>;
