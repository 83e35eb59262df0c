import { TriangleAlert } from 'lucide-react';
import { Button } from '../design/button.tsx';
import { Loading, StateNote } from '../design/state-note.tsx';
import { Enrol } from './enrol.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Frame } from './frame.tsx';
import { NoticeList } from './notice-list.tsx';
import { useServices } from './services-context.tsx';
import { useStore } from './store.ts';

/** The whole window: first contact with main, then enrolment, then the views. */
export function AppWindow() {
  const services = useServices();
  const app = useStore(services.app);
  return (
    <ErrorBoundary>
      {app.value === null ? (
        <main className="view first-contact">
          <h1 className="visually-hidden">Sallyport</h1>
          {app.status === 'failed' ? (
            <StateNote
              title="Sallyport does not answer"
              icon={TriangleAlert}
              tone="danger"
              action={<Button onPress={() => void services.reload()}>Try again</Button>}
            >
              {app.failure?.message}
            </StateNote>
          ) : (
            <Loading>Reaching Sallyport on this machine…</Loading>
          )}
        </main>
      ) : app.value.current === null ? (
        <Enrol />
      ) : (
        <Frame key={app.value.current.id} />
      )}
      <NoticeList />
    </ErrorBoundary>
  );
}
