import { SearchX } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { SessionView } from '../../contract/ipc.ts';
import { useAccount, useList, useServices } from '../app/services-context.tsx';
import { useStore } from '../app/store.ts';
import { Button } from '../design/button.tsx';
import { StateNote } from '../design/state-note.tsx';
import { RequestDialog } from '../launcher/request-dialog.tsx';
import { Announcer } from './announcer.tsx';
import { EndedView } from './ended-view.tsx';
import { LockCover } from './lock-cover.tsx';
import { isCovered } from './lock-words.ts';
import { SearchBar } from './search-bar.tsx';
import { SessionBar } from './session-bar.tsx';
import type { TerminalCommand } from './terminal-keys.ts';
import { TerminalPane } from './terminal-pane.tsx';
import { StaleCover } from './stale-cover.tsx';
import { TerminalQuestionDialog } from './terminal-question-dialog.tsx';
import type { TerminalSession } from './terminal-session.ts';
import { useStaleness } from './use-staleness.ts';
import { useTerminalCommands } from './use-terminal-commands.ts';
import './session.css';

/** One session: its bar, and below it the terminal, or the cover, or how it ended. */
export function SessionPage({ sessionId }: { readonly sessionId: string }) {
  const { live, router } = useServices();
  const account = useAccount();
  const session = useStore(live).find(
    candidate => candidate.sessionId === sessionId && candidate.grant.holder.id === account.id,
  );
  if (session === undefined) {
    return (
      <div className="view">
        <StateNote
          title="This session is not open here"
          icon={SearchX}
          action={<Button onPress={() => router.go({ view: 'launcher' })}>Back to the launcher</Button>}
        >
          It has ended, belongs to another account, or was opened on another machine. Recent sessions are in
          the launcher.
        </StateNote>
      </div>
    );
  }
  return <OpenSession session={session} />;
}

function OpenSession({ session }: { readonly session: SessionView }) {
  const { requests, terminals } = useServices();
  useList(requests);
  const [isSearching, setSearching] = useState(false);
  const [isExtending, setExtending] = useState(false);
  const { access, sessionId } = session;
  const staleness = useStaleness(access);
  const covered = isCovered(access) || staleness !== null;
  const hasEnded = access.phase === 'ended';
  const extend = () => setExtending(true);
  // an ended session needs no terminal; making one only to hide it would open a data plane for nothing
  const terminal = hasEnded ? null : terminals.of(sessionId);
  const runCommand = useTerminalCommands(terminal, () => setSearching(true));
  useEffect(
    () => terminal?.setAcceptsInput(access.isGateOpen && !covered),
    [terminal, access.isGateOpen, covered],
  );

  return (
    <div className="session" data-phase={access.phase}>
      <h1 className="visually-hidden">
        Session on {session.grant.target.name} as {session.grant.account}
      </h1>
      <Announcer access={access} />
      {!hasEnded && (
        <SessionBar session={session} isCovered={covered} onExtend={extend} onCommand={runCommand} />
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
    </div>
  );
}

interface StageProps {
  readonly terminal: TerminalSession;
  readonly isSearching: boolean;
  readonly onSearchClosed: () => void;
  readonly onCommand: (command: TerminalCommand) => void;
}

function Stage({ terminal, isSearching, onSearchClosed, onCommand }: StageProps) {
  const question = useStore(terminal.question);
  return (
    <div className="stage">
      {isSearching && <SearchBar terminal={terminal} onClose={onSearchClosed} />}
      <TerminalPane terminal={terminal} onCommand={onCommand} />
      {question !== null && <TerminalQuestionDialog question={question} onAnswer={terminal.answer} />}
    </div>
  );
}
