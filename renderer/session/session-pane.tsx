import { useContext, useEffect, useState } from 'react';
import type { SessionView } from '../../contract/ipc.ts';
import { useList, useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { RequestDialog } from '../launcher/request-dialog.tsx';
import { ActivePane } from './active-pane.ts';
import { Announcer } from './announcer.tsx';
import { EndedView } from './ended-view.tsx';
import { LockCover } from './lock-cover.tsx';
import { isCovered } from './lock-words.ts';
import { SearchBar } from './search-bar.tsx';
import { SessionBar } from './session-bar.tsx';
import { StaleCover } from './stale-cover.tsx';
import type { TerminalCommand } from './terminal-keys.ts';
import { TerminalPane } from './terminal-pane.tsx';
import { TerminalQuestionDialog } from './terminal-question-dialog.tsx';
import type { TerminalSession } from './terminal-session.ts';
import { useCloseSession } from './use-close-session.tsx';
import { useStaleness } from './use-staleness.ts';
import { useTerminalCommands } from './use-terminal-commands.ts';
import { t } from '../texts/t.ts';

interface SessionPaneProps {
  readonly session: SessionView;
  /** there are others beside it */
  readonly isSplit: boolean;
}

/** One session: its bar, and below it the terminal, or the cover, or how it ended. */
export function SessionPane({ session, isSplit }: SessionPaneProps) {
  const { requests, terminals } = useServices();
  useList(requests);
  const isActive = useContext(ActivePane);
  const [isSearching, setSearching] = useState(false);
  const [isExtending, setExtending] = useState(false);
  const { access, grant, sessionId } = session;
  const staleness = useStaleness(access);
  const covered = isCovered(access) || staleness !== null;
  const hasEnded = access.phase === 'ended';
  const extend = () => setExtending(true);
  // an ended session needs no terminal; making one only to hide it would open a data plane for nothing
  const terminal = hasEnded ? null : terminals.of(sessionId);
  const closing = useCloseSession();
  const runCommand = useTerminalCommands(session, {
    terminal,
    openSearch: () => setSearching(true),
    close: () => closing.close(session),
  });
  useEffect(
    () => terminal?.setAcceptsInput(access.isGateOpen && !covered),
    [terminal, access.isGateOpen, covered],
  );

  return (
    <div className="session" data-phase={access.phase}>
      {isActive && (
        <h1 className="visually-hidden">{t.session.headingOn(grant.target.name, grant.account)}</h1>
      )}
      <Announcer access={access} about={isSplit ? grant.target.name : null} />
      {!hasEnded && (
        <SessionBar
          session={session}
          isCovered={covered}
          isSplit={isSplit}
          onExtend={extend}
          onCommand={runCommand}
        />
      )}
      {hasEnded ? (
        <EndedView session={session} />
      ) : staleness !== null ? (
        <StaleCover staleness={staleness} />
      ) : covered ? (
        <LockCover session={session} onExtend={extend} />
      ) : (
        terminal !== null && (
          <Stage
            terminal={terminal}
            isSearching={isSearching}
            onSearchClosed={() => setSearching(false)}
            onCommand={runCommand}
          />
        )
      )}
      {isExtending && !hasEnded && (
        <RequestDialog extending={session.grant} onClose={() => setExtending(false)} />
      )}
      {closing.dialog}
    </div>
  );
}

interface StageProps {
  readonly terminal: TerminalSession;
  readonly isSearching: boolean;
  readonly onSearchClosed: () => void;
  readonly onCommand: (command: TerminalCommand) => boolean;
}

function Stage({ terminal, isSearching, onSearchClosed, onCommand }: StageProps) {
  const question = useStore(terminal.question);
  const pointedAt = useStore(terminal.pointedAt);
  return (
    <div className="stage">
      {isSearching && <SearchBar terminal={terminal} onClose={onSearchClosed} />}
      <TerminalPane terminal={terminal} onCommand={onCommand} />
      {pointedAt !== null && <p className="pointed-at mono">{pointedAt}</p>}
      {question !== null && <TerminalQuestionDialog question={question} onAnswer={terminal.answer} />}
    </div>
  );
}
