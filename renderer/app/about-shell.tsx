import { Info } from 'lucide-react';
import { IconButton } from '../design/button.tsx';
import { Disclosed } from '../design/dialog.tsx';
import { useAppState } from './services-context.tsx';

const SHELL_NAMES = { desktop: 'Desktop application', web: 'Browser window (web shell)' } as const;

/** Which shell this is, and what it cannot do for its user. */
export function AboutShell() {
  const { shell, version, server } = useAppState();
  return (
    <Disclosed label="About this shell" trigger={<IconButton icon={Info} label="About this shell" />}>
      <div className="stack">
        <h2>Sallyport {version}</h2>
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
      </div>
    </Disclosed>
  );
}
