import { SallyportError } from '../../contract/errors.ts';
import type { GrantScope, GrantTarget } from '../../contract/grant.ts';
import type { TargetSecret } from '../../contract/target-secret.ts';
import { assertNever } from '../../core/assert-never.ts';
import { closeMariadbAccount, dropMariadbAccount, openMariadbAccount } from './mariadb-accounts.ts';
import { closePostgresRole, dropPostgresRole, openPostgresRole } from './postgres-roles.ts';

/** An administrator login of a database that makes a login per grant. */
export type AdminSecret = Extract<TargetSecret, { kind: 'postgres-admin' | 'mariadb-admin' }>;

export interface RoleTerms {
  readonly name: string;
  readonly password: string;
  /** the grant's end, server time, milliseconds since the epoch */
  readonly validUntilMs: number;
  readonly scope: GrantScope;
}

/** Logins per grant on one database. Every step may be repeated. All throw `target-unreachable` or `credential-refused`. */
export interface RoleEngine {
  /** Makes the login, or brings it to these terms. Answers whether the database itself refuses it after the end. */
  open(terms: RoleTerms): Promise<{ readonly endsByItself: boolean }>;
  /** Takes away what it may do, and ends running statements; an extension may open it again. */
  close(terms: Pick<RoleTerms, 'name' | 'scope'>): Promise<void>;
  /** Ends its connections and removes it. */
  drop(name: string): Promise<void>;
}

export function isAdminSecret(secret: TargetSecret): secret is AdminSecret {
  return secret.kind === 'postgres-admin' || secret.kind === 'mariadb-admin';
}

export function roleEngineOf(
  target: Pick<GrantTarget, 'host' | 'port'> & { readonly database?: string | undefined },
  secret: AdminSecret,
): RoleEngine {
  const { host, port } = target;
  const { username, password } = secret;
  switch (secret.kind) {
    case 'postgres-admin': {
      const { memberOf } = secret;
      const admin = { host, port, database: target.database ?? 'postgres', username, password };
      return {
        async open(terms) {
          await openPostgresRole(admin, { ...terms, memberOf });
          return { endsByItself: true };
        },
        close: terms => closePostgresRole(admin, { ...terms, memberOf }),
        drop: name => dropPostgresRole(admin, name),
      };
    }
    case 'mariadb-admin': {
      const { privileges } = secret;
      const { database } = target;
      if (database === undefined) {
        throw new SallyportError(
          'credential-refused',
          'The target names no database. Register it again with one.',
        );
      }
      const admin = { host, port, database, username, password, privileges };
      return {
        open: terms => openMariadbAccount(admin, terms),
        close: ({ name }) => closeMariadbAccount(admin, name),
        drop: name => dropMariadbAccount(admin, name),
      };
    }
    default:
      return assertNever(secret);
  }
}
