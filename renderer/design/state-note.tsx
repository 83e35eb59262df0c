import type { LucideIcon } from 'lucide-react';
import { LoaderCircle, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Loadable } from '../app/loadable.ts';
import { Button } from './button.tsx';
import { t } from '../texts/t.ts';

interface StateNoteProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly icon?: LucideIcon;
  readonly tone?: 'plain' | 'danger';
  readonly action?: ReactNode;
}

/** What a view shows in place of content: why there is none, and what to do next. */
export function StateNote({ title, children, icon: Icon, tone = 'plain', action }: StateNoteProps) {
  return (
    <div className="state-note" data-tone={tone} {...(tone === 'danger' ? { role: 'alert' } : {})}>
      <h2>
        {Icon && <Icon size={18} aria-hidden />}
        {title}
      </h2>
      {children !== undefined && <div>{children}</div>}
      {action}
    </div>
  );
}

export function Loading({ children }: { readonly children: string }) {
  return (
    <p className="row muted" role="status">
      <LoaderCircle size={16} className="spinner" aria-hidden />
      {children}
    </p>
  );
}

interface LoadedProps<T> {
  readonly of: Loadable<T>;
  /** e.g. `your grants`: for “Loading your grants…” */
  readonly what: string;
  readonly onRetry: () => void;
  readonly children: (value: T) => ReactNode;
}

/** Content once it is there; before that, and after a failure, words instead. An older value stays visible below a failure. */
export function Loaded<T>({ of, what, onRetry, children }: LoadedProps<T>) {
  return (
    <>
      {of.status === 'failed' && (
        <StateNote
          title={t.common.notLoaded(what)}
          icon={TriangleAlert}
          tone="danger"
          action={<Button onPress={onRetry}>{t.common.retry}</Button>}
        >
          {of.failure?.message}
        </StateNote>
      )}
      {of.value === null && of.status === 'loading' && <Loading>{t.common.loading(what)}</Loading>}
      {of.value !== null && children(of.value)}
    </>
  );
}
