import type { ISearchOptions } from '@xterm/addon-search';
import type { LucideIcon } from 'lucide-react';
import { CaseSensitive, ChevronDown, ChevronUp, Regex, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import { useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { IconButton } from '../design/button.tsx';
import { shownTheme } from '../design/theme.ts';
import { SEARCH_MARKS } from './terminal-theme.ts';
import type { TerminalSession } from './terminal-session.ts';
import { t } from '../texts/t.ts';

interface SearchBarProps {
  readonly terminal: TerminalSession;
  readonly onClose: () => void;
}

/** Search in what the terminal has shown: masked text, like everything else here. */
export function SearchBar({ terminal, onClose }: SearchBarProps) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<{ readonly index: number; readonly count: number } | null>(null);
  const [isCaseSensitive, setCaseSensitive] = useState(false);
  const [isPattern, setPattern] = useState(false);
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
  const options: ISearchOptions = { decorations, caseSensitive: isCaseSensitive, regex: isPattern };
  const isBroken = isPattern && !isRegularExpression(text);
  const next = () => !isBroken && search.findNext(text, options);
  const previous = () => !isBroken && search.findPrevious(text, options);
  useEffect(() => {
    if (isBroken) search.clearDecorations();
    else search.findNext(text, { ...options, incremental: true });
    // what is looked for has changed; a theme or a new row is no reason to go on to another hit
  }, [text, isCaseSensitive, isPattern]);
  const searchAnew = (change: () => void) => {
    // the addon marks the hits of a text anew only when it has forgotten the text
    search.clearDecorations();
    change();
  };
  const close = () => {
    onClose();
    terminal.screen.terminal.focus();
  };
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    // Before the tooltip of a button that the mouse still rests on, which takes an Escape for itself wherever the focus is.
    const onKey = (event: KeyboardEvent) => {
      const { activeElement } = document;
      const isInBar = bar.current?.contains(activeElement) === true;
      const isInPane = isInBar || bar.current?.closest('.session')?.contains(activeElement) === true;
      // F3 is the program's again when the bar is closed
      if (event.key === 'F3' && isInPane) (event.shiftKey ? previous : next)();
      else if (event.key === 'Escape' && isInBar) close();
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  });
  return (
    <search className="search-bar" ref={bar}>
      <input
        className="input"
        type="search"
        aria-label={t.terminal.searchLabel}
        placeholder={t.terminal.searchPlaceholder}
        // opened by a key press: the search field is where the next keys belong
        autoFocus
        value={text}
        aria-invalid={isBroken}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter') (event.shiftKey ? previous : next)();
        }}
      />
      <span className="small muted" role="status">
        {isBroken ? t.terminal.noPattern : text === '' || found === null ? '' : foundWords(found)}
      </span>
      <Toggle
        label={t.terminal.matchCase}
        isOn={isCaseSensitive}
        onChange={isOn => searchAnew(() => setCaseSensitive(isOn))}
        icon={CaseSensitive}
      />
      <Toggle
        label={t.terminal.regularExpression}
        isOn={isPattern}
        onChange={isOn => searchAnew(() => setPattern(isOn))}
        icon={Regex}
      />
      <IconButton icon={ChevronUp} label={t.terminal.previousHit} keys="Shift+F3" onPress={previous} />
      <IconButton icon={ChevronDown} label={t.terminal.nextHit} keys="F3" onPress={next} />
      <IconButton icon={X} label={t.terminal.closeSearch} keys="Esc" onPress={close} />
    </search>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly icon: LucideIcon;
}

function Toggle({ label, isOn, onChange, icon: Icon }: ToggleProps) {
  return (
    <ToggleButton
      className="button"
      data-tone="quiet"
      data-size="icon"
      aria-label={label}
      isSelected={isOn}
      onChange={onChange}
    >
      <Icon size={16} aria-hidden />
    </ToggleButton>
  );
}

function isRegularExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

function foundWords({ index, count }: { readonly index: number; readonly count: number }): string {
  if (count === 0) return t.terminal.notFound;
  return index < 0 ? t.terminal.overHits(count) : t.terminal.hitOf(index + 1, count);
}
