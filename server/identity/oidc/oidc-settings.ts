import { z } from 'zod';
import { Role } from '../../../contract/server-api.ts';
import { readSecretFile, readSettingsFile } from '../../settings/read-server-settings.ts';

const Values = z.array(z.string().min(1).max(300)).max(200);
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::|\/|$)/;

/** The file that `--oidc` names, YAML or JSON. */
export const OidcSettings = z.strictObject({
  issuer: z
    .url()
    .refine(
      url => url.startsWith('https://') || LOOPBACK.test(url),
      'must begin with https:// (http:// is for a provider on this machine only)',
    ),
  clientId: z.string().min(1).max(300),
  /** a file with the client's secret on its first line; without it the client is a public one */
  clientSecretFile: z.string().min(1).optional(),
  /** how people know the provider */
  name: z.string().min(1).max(60).default('your organisation'),
  scopes: z.array(z.string().min(1)).default(['openid', 'profile', 'email']),
  nameClaim: z.string().min(1).default('name'),
  groupsClaim: z.string().min(1).default('groups'),
  /** which values of the groups claim give a role; who has none cannot sign in */
  roles: z
    .partialRecord(Role, Values)
    .refine(map => Object.keys(map).length > 0, 'must map at least one role'),
  /** after so many hours a device has to sign in again */
  sessionHours: z
    .number()
    .positive()
    .max(24 * 90)
    .default(12),
});
export type OidcSettings = z.infer<typeof OidcSettings>;

/** Reads the settings and the secret. Throws `bad-input` that names each key that is wrong, and its line. */
export async function readOidcSettings(
  path: string,
): Promise<{ readonly settings: OidcSettings; readonly clientSecret: string | null }> {
  const settings = await readSettingsFile(path, OidcSettings);
  const { clientSecretFile } = settings;
  const clientSecret =
    clientSecretFile === undefined ? null : await readSecretFile(clientSecretFile, "the client's secret");
  return { settings, clientSecret };
}
