import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { plural } from '../app/duration-words.ts';
import { useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { IconButton } from '../design/button.tsx';
import { shownTheme } from '../design/theme.ts';
import { SEARCH_MARKS } from './terminal-theme.ts';
import type { TerminalSession } from './terminal-session.ts';

interface SearchBarProps {
  readonly terminal: TerminalSession;
  readonly onClose: () => void;
}

/** Search in what the terminal has shown: masked text, like everything else here. */
export function SearchBar({ terminal, onClose }: SearchBarProps) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<{ readonly index: number; readonly count: number } | null>(null);
  const { search } = terminal.screen;
  const { preferences } = useServices();
  const decorations = SEARCH_MARKS[shownTheme(useStore(preferences).theme, window)];
  useEffect(() => {
    const watching = search.onDidChangeResults(({ resultIndex, resultCount }) =>
      setFound({ index: resultIndex, count: resultCount }),
    );
    return () => {
      watching.dispose();
      search.clearDecorations();
    };
  }, [search]);
  const next = () => search.findNext(text, { decorations });
  const previous = () => search.findPrevious(text, { decorations });
  const close = () => {
    onClose();
    terminal.screen.terminal.focus();
  };
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    // Before the tooltip of a button that the mouse still rests on, which takes an Escape for itself wherever the focus is.
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || bar.current?.contains(document.activeElement) !== true) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      close();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  });
  return (
    <search className="search-bar" ref={bar}>
      <input
        className="input"
        type="search"
        aria-label="Search in the terminal"
        placeholder="Search in what was shown"
        // opened by a key press: the search field is where the next keys belong
        autoFocus
        value={text}
        onChange={event => {
          setText(event.target.value);
          search.findNext(event.target.value, { incremental: true, decorations });
        }}
        onKeyDown={event => {
          if (event.key === 'Enter') (event.shiftKey ? previous : next)();
        }}
      />
      <span className="small muted" role="status">
        {text === '' || found === null ? '' : found.count === 0 ? 'not found' : foundWords(found)}
      </span>
      <IconButton icon={ChevronUp} label="Previous hit" keys="Shift+Enter" onPress={previous} />
      <IconButton icon={ChevronDown} label="Next hit" keys="Enter" onPress={next} />
      <IconButton icon={X} label="Close search" keys="Esc" onPress={close} />
    </search>
  );
}

function foundWords({ index, count }: { readonly index: number; readonly count: number }): string {
  return index < 0 ? `over ${plural(count, 'hit')}` : `${index + 1} of ${count}`;
}
