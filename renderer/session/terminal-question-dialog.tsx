import { plural } from '../app/duration-words.ts';
import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { visibleControls } from './paste-guard.ts';
import type { TerminalQuestion } from './terminal-session.ts';

interface TerminalQuestionDialogProps {
  readonly question: TerminalQuestion;
  readonly onAnswer: (isAccepted: boolean) => void;
}

const PREVIEW_CHARACTERS = 4_000;

/** Asks before several lines are typed at once, or before a link from the terminal is followed. */
export function TerminalQuestionDialog({ question, onAnswer }: TerminalQuestionDialogProps) {
  const refuse = () => onAnswer(false);
  if (question.kind === 'link') {
    return (
      <ModalDialog title="Open this link?" role="alertdialog" onClose={refuse}>
        <p>It comes from the terminal’s output, so the target chose it. It opens outside of the session.</p>
        <p className="mono break preview">{question.uri}</p>
        <div className="actions">
          <Button onPress={refuse} autoFocus>
            Stay here
          </Button>
          <Button tone="primary" onPress={() => onAnswer(true)}>
            Open link
          </Button>
        </div>
      </ModalDialog>
    );
  }
  return (
    <ModalDialog
      title={question.lines > 1 ? `Paste ${plural(question.lines, 'line')}?` : 'Paste control characters?'}
      role="alertdialog"
      onClose={refuse}
    >
      <p>
        {question.lines > 1
          ? 'Each line may run as a command as soon as it arrives.'
          : 'The text has characters in it that can press keys.'}
        {question.lines > 1 && question.hasControls
          ? ' It also has control characters in it that can press keys.'
          : ''}
      </p>
      <pre className="preview" tabIndex={0} aria-label="Text to paste">
        {visibleControls(question.text.slice(0, PREVIEW_CHARACTERS))}
        {question.text.length > PREVIEW_CHARACTERS && '\n…'}
      </pre>
      <div className="actions">
        <Button onPress={refuse} autoFocus>
          Do not paste
        </Button>
        <Button tone="primary" onPress={() => onAnswer(true)}>
          Paste
        </Button>
      </div>
    </ModalDialog>
  );
}
