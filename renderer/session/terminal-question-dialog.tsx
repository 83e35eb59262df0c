import type { TerminalAnswer, TerminalQuestion } from './terminal-session.ts';
import { LinkDialog } from './link-dialog.tsx';
import { PasteDialog } from './paste-dialog.tsx';

interface TerminalQuestionDialogProps {
  readonly question: TerminalQuestion;
  readonly onAnswer: (answer: TerminalAnswer) => void;
}

/** Asks before several lines are typed at once, or before a link from the terminal is followed. */
export function TerminalQuestionDialog({ question, onAnswer }: TerminalQuestionDialogProps) {
  const refuse = () => onAnswer({ kind: 'no' });
  return question.kind === 'link' ? (
    <LinkDialog link={question.link} onRefuse={refuse} onOpen={() => onAnswer({ kind: 'yes' })} />
  ) : (
    <PasteDialog paste={question} onRefuse={refuse} onPaste={how => onAnswer({ kind: 'paste', ...how })} />
  );
}
