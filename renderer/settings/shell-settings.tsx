import { ShellFactsList } from '../app/shell-facts-list.tsx';
import { useAppState } from '../app/services-context.tsx';

/** What this client is: nothing here can be changed. */
export function ShellSettings() {
  const { version } = useAppState();
  return (
    <section className="section" aria-labelledby="shell">
      <h2 id="shell">Sallyport {version}</h2>
      <div className="stack">
        <ShellFactsList />
      </div>
    </section>
  );
}
