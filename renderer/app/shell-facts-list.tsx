import { useAppState } from './services-context.tsx';

const SHELL_NAMES = { desktop: 'Desktop application', web: 'Browser window (web shell)' } as const;

/** Which shell this is, which server it talks to, and what the shell cannot do for its user. */
export function ShellFactsList() {
  const { shell, server } = useAppState();
  return (
    <>
      <dl className="facts">
        <dt>Shell</dt>
        <dd>{SHELL_NAMES[shell.kind]}</dd>
        <dt>Server</dt>
        <dd className="mono">{server.url === '' ? 'none yet' : server.url}</dd>
      </dl>
      <h3>{shell.lacks.length === 0 ? 'This shell lacks nothing' : 'What this shell lacks'}</h3>
      {shell.lacks.length > 0 && (
        <ul className="stack small">
          {shell.lacks.map(({ capability, meaning }) => (
            <li key={capability}>
              <strong>{capability.replaceAll('-', ' ')}</strong>
              <br />
              <span className="muted">{meaning}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
