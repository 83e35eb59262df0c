import type { TargetKind } from '../../contract/grant.ts';
import type { TargetRecord } from '../../contract/target-record.ts';
import { Segments } from '../design/choice.tsx';
import { TextField } from '../design/field.tsx';
import type { Credential } from './target-text.ts';
import { t } from '../texts/t.ts';

interface CredentialFieldsProps {
  readonly kind: TargetKind;
  /** null: a new target, nothing is stored */
  readonly record: TargetRecord | null;
  readonly credential: Credential;
  readonly onChange: (credential: Credential) => void;
}

/** What the server signs in with. It is sealed there, and never shown again. */
export function CredentialFields({ kind, record, credential, onChange }: CredentialFieldsProps) {
  const offered: readonly Credential['kind'][] = [
    ...(record === null ? [] : (['keep'] as const)),
    'none',
    ...(kind === 'ssh' ? (['ssh-ca'] as const) : []),
    'password',
    ...(kind === 'postgres' ? (['postgres-admin'] as const) : []),
    ...(kind === 'mysql' ? (['mariadb-admin'] as const) : []),
  ];
  const choices = offered.map(id => ({ id, label: t.credentials[id] }));
  return (
    <div className="stack">
      <div className="field">
        <span className="label">{t.admin.credential}</span>
        <Segments
          label={t.admin.credential}
          choices={choices}
          selected={credential.kind}
          onSelect={chosen => onChange(emptyOf(chosen))}
        />
        <p className="hint">{hintOf(credential, record)}</p>
      </div>
      {'username' in credential && (
        <>
          <TextField
            label={t.admin.userName}
            value={credential.username}
            onChange={username => onChange({ ...credential, username })}
            isRequired
          />
          <TextField
            label={t.admin.password}
            type="password"
            value={credential.password}
            onChange={password => onChange({ ...credential, password })}
            isRequired
          />
        </>
      )}
      {credential.kind === 'postgres-admin' && (
        <TextField
          label={t.admin.memberOf}
          value={credential.memberOf.join(' ')}
          onChange={text => onChange({ ...credential, memberOf: text.split(/[\s,]+/).filter(Boolean) })}
          hint={t.admin.memberOfHint}
        />
      )}
      {credential.kind === 'mariadb-admin' && (
        <Segments
          label={t.admin.privileges}
          choices={[
            { id: 'read', label: t.admin.read },
            { id: 'write', label: t.admin.readWrite },
          ]}
          selected={credential.privileges.includes('INSERT') ? 'write' : 'read'}
          onSelect={chosen => onChange({ ...credential, privileges: [...PRIVILEGES[chosen]] })}
        />
      )}
    </div>
  );
}

/** Others are given with `sallyport admin target`. */
const PRIVILEGES = {
  // eslint-disable-next-line no-restricted-syntax -- a privilege of SQL
  read: ['SELECT', 'SHOW VIEW'],
  // eslint-disable-next-line no-restricted-syntax -- a privilege of SQL
  write: ['SELECT', 'SHOW VIEW', 'INSERT', 'UPDATE', 'DELETE'],
} as const;

function emptyOf(kind: Credential['kind']): Credential {
  switch (kind) {
    case 'password':
      return { kind, username: '', password: '' };
    case 'postgres-admin':
      return { kind, username: '', password: '', memberOf: [] };
    case 'mariadb-admin':
      return { kind, username: '', password: '', privileges: [...PRIVILEGES.read] };
    default:
      return { kind };
  }
}

function hintOf({ kind }: Credential, record: TargetRecord | null): string {
  const hops = record?.viaCredentials.length ?? 0;
  switch (kind) {
    case 'keep': {
      const own = t.storedCredentials[record?.credential ?? 'none'];
      return hops > 0 ? t.admin.storedWithHops(own, hops) : t.admin.stored(own);
    }
    case 'none':
      return t.admin.noneMeans;
    case 'ssh-ca':
      return t.admin.sshCaMeans;
    case 'password':
      return hops > 0 ? t.admin.passwordWithHops : t.admin.passwordMeans;
    case 'postgres-admin':
    case 'mariadb-admin':
      return t.admin.perGrantMeans;
  }
}
