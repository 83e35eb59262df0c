import { SallyportError } from '../../../contract/errors.ts';
import { Role } from '../../../contract/server-api.ts';
import type { OidcSettings } from './oidc-settings.ts';

/** Who signed in, as the provider says. */
export interface ProvenPerson {
  /** issuer and subject: the only thing that stays the same (OpenID Connect Core 1.0, section 5.7) */
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly groups: readonly string[];
}

const MAX_GROUPS = 500;

/** The person of a provider's claims. Throws `not-allowed`, in words, for somebody whom the mapping gives no role. */
export function personOf(
  claims: Readonly<Record<string, unknown>>,
  settings: Pick<OidcSettings, 'issuer' | 'nameClaim' | 'groupsClaim' | 'roles' | 'name'>,
): ProvenPerson {
  const sub = textOf(claims['sub']);
  if (sub === null) throw new SallyportError('not-signed-in', `${settings.name} did not say who signed in.`);
  const name =
    [claims[settings.nameClaim], claims['preferred_username'], claims['email'], sub]
      .map(textOf)
      .find(text => text !== null) ?? sub;
  const groups = groupsOf(claims[settings.groupsClaim]);
  const roles = Role.options.filter(
    role => settings.roles[role]?.some(value => groups.includes(value)) === true,
  );
  if (roles.length === 0) {
    throw new SallyportError(
      'not-allowed',
      `${name} signed in at ${settings.name}, and has no role here. Ask an administrator for the group that gives one.`,
    );
  }
  return { subject: `${settings.issuer}#${sub}`, name: name.slice(0, 120), roles, groups };
}

function groupsOf(claim: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(claim) ? (claim as unknown[]) : [claim];
  const names = list.filter(
    (each): each is string => typeof each === 'string' && each !== '' && each.length <= 300,
  );
  return [...new Set(names)].slice(0, MAX_GROUPS);
}

function textOf(claim: unknown): string | null {
  return typeof claim === 'string' && claim.trim() !== '' ? claim.trim() : null;
}
