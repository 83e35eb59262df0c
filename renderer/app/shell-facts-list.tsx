import { useAppState } from './services-context.tsx';
import { t } from '../texts/t.ts';

/** Which shell this is, which server it talks to, and what the shell cannot do for its user. */
export function ShellFactsList() {
  const { shell, server } = useAppState();
  return (
    <>
      <dl className="facts">
        <dt>{t.app.shell}</dt>
        <dd>{shell.kind === 'desktop' ? t.app.desktopShell : t.app.webShell}</dd>
        <dt>{t.app.server}</dt>
        <dd className="mono">{server.url === '' ? t.app.noServer : server.url}</dd>
      </dl>
      <h3>{shell.lacks.length === 0 ? t.app.lacksNothing : t.app.lacks}</h3>
      {shell.lacks.length > 0 && (
        <ul className="stack small">
          {shell.lacks.map(({ capability, meaning }) => (
            <li key={capability}>
              <strong>{t.capabilities[capability]}</strong>
              <br />
              <span className="muted">{meaning}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
