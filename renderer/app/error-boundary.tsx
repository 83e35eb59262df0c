import type { ReactNode } from 'react';
import { Component } from 'react';
import { Button } from '../design/button.tsx';
import { StateNote } from '../design/state-note.tsx';
import { t } from '../texts/t.ts';

interface State {
  readonly message: string | null;
}

/** A fault in drawing takes one view down with words, never the window with a blank page; sessions live on in main. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { message: null };

  static getDerivedStateFromError(error: unknown): State {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return (
      <div className="view">
        <StateNote
          title={t.app.notDrawn}
          tone="danger"
          action={<Button onPress={() => location.reload()}>{t.app.reload}</Button>}
        >
          <p>{t.app.notDrawnMeans}</p>
          <p className="mono small">{this.state.message}</p>
        </StateNote>
      </div>
    );
  }
}
