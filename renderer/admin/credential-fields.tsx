import type { TargetKind } from '../../contract/grant.ts';
import type { TargetRecord } from '../../contract/target-record.ts';
import { plural } from '../app/duration-words.ts';
import { Segments } from '../design/choice.tsx';
import { TextField } from '../design/field.tsx';
import type { Credential } from './target-text.ts';

interface CredentialFieldsProps {
  readonly kind: TargetKind;
  /** null: a new target, nothing is stored */
  readonly record: TargetRecord | null;
  readonly credential: Credential;
  readonly onChange: (credential: Credential) => void;
}

const NAMES: Readonly<Record<Credential['kind'], string>> = {
  keep: 'As it is stored',
  none: 'None',
  'ssh-ca': 'SSH certificates',
  password: 'Password',
  'postgres-admin': 'A role per grant',
  'mariadb-admin': 'An account per grant',
};

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
  const choices = offered.map(id => ({ id, label: NAMES[id] }));
  return (
    <div className="stack">
      <div className="field">
        <span className="label">Credential</span>
        <Segments
          label="Credential"
          choices={choices}
          selected={credential.kind}
          onSelect={chosen => onChange(emptyOf(chosen))}
        />
        <p className="hint">{hintOf(credential, record)}</p>
      </div>
      {'username' in credential && (
        <>
          <TextField
            label="User name"
            value={credential.username}
            onChange={username => onChange({ ...credential, username })}
            isRequired
          />
          <TextField
            label="Password"
            type="password"
            value={credential.password}
            onChange={password => onChange({ ...credential, password })}
            isRequired
          />
        </>
      )}
      {credential.kind === 'postgres-admin' && (
        <TextField
          label="Roles that each made role is a member of"
          value={credential.memberOf.join(' ')}
          onChange={text => onChange({ ...credential, memberOf: text.split(/[\s,]+/).filter(Boolean) })}
          hint="Separated by spaces."
        />
      )}
      {credential.kind === 'mariadb-admin' && (
        <Segments
          label="Privileges of each made account"
          choices={PRIVILEGE_CHOICES}
          selected={credential.privileges.includes('INSERT') ? 'write' : 'read'}
          onSelect={chosen => onChange({ ...credential, privileges: [...PRIVILEGES[chosen]] })}
        />
      )}
    </div>
  );
}

/** Others are given with `sallyport admin target`. */
const PRIVILEGES = {
  read: ['SELECT', 'SHOW VIEW'],
  write: ['SELECT', 'SHOW VIEW', 'INSERT', 'UPDATE', 'DELETE'],
} as const;
const PRIVILEGE_CHOICES = [
  { id: 'read', label: 'Read' },
  { id: 'write', label: 'Read and write rows' },
] as const;

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
      const own = NAMES[record?.credential ?? 'none'].toLowerCase();
      return `Stored: ${own}${hops > 0 ? `, and ${plural(hops, 'credential')} of jump hosts` : ''}. Nothing of it is shown.`;
    }
    case 'none':
      return 'Whoever connects signs in as their machine lets them.';
    case 'ssh-ca':
      return 'Each session gets a certificate that ends with its grant. The host has to trust the server’s authority.';
    case 'password':
      return hops > 0
        ? 'Takes the place of everything that is stored, also for jump hosts: those are set with “sallyport admin target”.'
        : 'Handed to a session host for one session, never to a person.';
    case 'postgres-admin':
    case 'mariadb-admin':
      return 'The server makes a login for each grant, and takes it away at its end.';
  }
}
