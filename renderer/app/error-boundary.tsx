import type { ReactNode } from 'react';
import { Component } from 'react';
import { Button } from '../design/button.tsx';
import { StateNote } from '../design/state-note.tsx';

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
          title="This view could not be drawn"
          tone="danger"
          action={<Button onPress={() => location.reload()}>Reload the window</Button>}
        >
          <p>Your sessions and recordings are not touched by this. Reload the window to go on.</p>
          <p className="mono small">{this.state.message}</p>
        </StateNote>
      </div>
    );
  }
}
