import { TriangleAlert } from 'lucide-react';
import { I18nProvider } from 'react-aria-components';
import { Button } from '../design/button.tsx';
import { Loading, StateNote } from '../design/state-note.tsx';
import { Enrol } from './enrol.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Frame } from './frame.tsx';
import { NoticeList } from './notice-list.tsx';
import { useServices } from './services-context.tsx';
import type { ReadableStore } from './store.ts';
import { useStore } from './store.ts';
import type { Language } from '../texts/language.ts';
import { TRANSLATIONS } from '../texts/language.ts';
import { t } from '../texts/t.ts';

/** The whole window: first contact with main, then enrolment, then the views. */
export function AppWindow({ language }: { readonly language: ReadableStore<Language> }) {
  // texts are read when something is drawn: another language draws everything anew
  const { locale } = TRANSLATIONS[useStore(language)];
  const services = useServices();
  const app = useStore(services.app);
  return (
    <I18nProvider locale={locale}>
      <ErrorBoundary>
        {app.value === null ? (
          <main className="view first-contact">
            <h1 className="visually-hidden">Sallyport</h1>
            {app.status === 'failed' ? (
              <StateNote
                title={t.app.doesNotAnswer}
                icon={TriangleAlert}
                tone="danger"
                action={<Button onPress={() => void services.reload()}>{t.common.retry}</Button>}
              >
                {app.failure?.message}
              </StateNote>
            ) : (
              <Loading>{t.app.reachingMain}</Loading>
            )}
          </main>
        ) : app.value.current === null ? (
          <Enrol />
        ) : (
          <Frame key={app.value.current.id} />
        )}
        <NoticeList />
      </ErrorBoundary>
    </I18nProvider>
  );
}
