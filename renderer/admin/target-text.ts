import type { TargetKind } from '../../contract/grant.ts';
import type { TargetInput } from '../../contract/server-api.ts';
import type { TargetSecret } from '../../contract/target-secret.ts';
import { TargetInput as Input } from '../../contract/server-api.ts';
import { t } from '../texts/t.ts';

export type TargetReading =
  | { readonly ok: true; readonly input: TargetInput }
  | { readonly ok: false; readonly problems: readonly string[] };

const MOST_PROBLEMS = 8;
/** kept as they are stored */
export type Credential = TargetSecret | { readonly kind: 'keep' };

/** Reads the terms of a target, as JSON, with the credential that goes with them. Each problem names its key. */
export function readTargetText(text: string, credential: Credential): TargetReading {
  let terms: unknown;
  try {
    terms = JSON.parse(text);
  } catch (error) {
    return {
      ok: false,
      problems: [t.admin.noJson(error instanceof Error ? error.message : String(error))],
    };
  }
  if (typeof terms !== 'object' || terms === null || Array.isArray(terms))
    return { ok: false, problems: [t.admin.noObject] };
  for (const key of ['secret', 'viaSecrets', 'keepsSecrets'])
    if (key in terms) return { ok: false, problems: [t.admin.credentialBelow(key)] };
  const isKept = credential.kind === 'keep';
  const parsed = Input.safeParse({
    ...terms,
    secret: isKept ? { kind: 'none' } : credential,
    keepsSecrets: isKept,
  });
  if (parsed.success) return { ok: true, input: parsed.data };
  const problems = parsed.error.issues
    .slice(0, MOST_PROBLEMS)
    .map(({ path, message }) => `${path.length === 0 ? t.admin.theWhole : path.join('.')}: ${message}`);
  return { ok: false, problems };
}

const PORTS: Readonly<Record<TargetKind, number>> = {
  local: 22,
  ssh: 22,
  postgres: 5432,
  mysql: 3306,
  redis: 6379,
};

/** What the terms of a new target begin with. */
export function newTargetText(kind: TargetKind): string {
  const isDatabase = kind === 'postgres' || kind === 'mysql';
  const trust = kind === 'ssh' ? { trust: { pinnedKeys: ['ssh-ed25519 AAAA…'], hostCaKeys: [] } } : {};
  return JSON.stringify(
    {
      target: {
        id: `new-${kind}`,
        kind,
        name: `New ${kind}`,
        environment: 'staging',
        ...(kind === 'local' ? {} : { host: `${kind}.example.org`, port: PORTS[kind] }),
        ...(isDatabase ? { database: 'main' } : {}),
        ...trust,
      },
      accounts: ['support'],
      description: '',
      redaction: { preset: 'strict' },
      scope: isDatabase ? { readOnly: true } : {},
      session: {},
      maxMinutes: 60,
      retentionDays: 365,
    },
    null,
    2,
  );
}
