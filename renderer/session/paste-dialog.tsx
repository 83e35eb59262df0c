import { useState } from 'react';
import { plural } from '../app/duration-words.ts';
import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { Switch } from '../design/field.tsx';
import { asOneLine, previewPieces } from './paste-guard.ts';
import type { TerminalQuestion } from './terminal-session.ts';

interface PasteDialogProps {
  readonly paste: Extract<TerminalQuestion, { kind: 'paste' }>;
  readonly onRefuse: () => void;
  readonly onPaste: (how: { readonly isOneLine: boolean; readonly isTrusted: boolean }) => void;
}

const PREVIEW_CHARACTERS = 4_000;

/** Shows what would be typed, with everything visible, and takes it as it is or as one line. */
export function PasteDialog({ paste, onRefuse, onPaste }: PasteDialogProps) {
  const { text, lines, hasControls } = paste;
  const [isTrusted, setTrusted] = useState(false);
  const isSeveral = lines > 1;
  const canBeOneLine = isSeveral && asOneLine(text) !== '';
  return (
    <ModalDialog
      title={isSeveral ? `Paste ${plural(lines, 'line')}?` : 'Paste hidden characters?'}
      role="alertdialog"
      onClose={onRefuse}
    >
      {isSeveral && <p>{runWords(paste)}</p>}
      {hasControls && (
        <p className="warnings">
          {isSeveral ? 'It also has' : 'The text has'} characters in it that do not show themselves. They can
          press keys, or make it read as something else; here they are marked.
        </p>
      )}
      <pre className="preview" tabIndex={0} aria-label="Text to paste" data-testid="paste-preview">
        {previewPieces(text.slice(0, PREVIEW_CHARACTERS)).map((piece, index) =>
          piece.isControl ? (
            <mark key={index} className="control">
              {piece.text}
            </mark>
          ) : (
            <span key={index}>{piece.text}</span>
          ),
        )}
        {text.length > PREVIEW_CHARACTERS && `\n… and ${text.length - PREVIEW_CHARACTERS} characters more`}
      </pre>
      {isSeveral && (
        <Switch isSelected={isTrusted} onChange={setTrusted}>
          Paste several lines without asking in this session
        </Switch>
      )}
      <div className="actions">
        <Button onPress={onRefuse} autoFocus>
          Do not paste
        </Button>
        {canBeOneLine && (
          <Button onPress={() => onPaste({ isOneLine: true, isTrusted })}>Paste as one line</Button>
        )}
        <Button tone="primary" onPress={() => onPaste({ isOneLine: false, isTrusted })}>
          Paste
        </Button>
      </div>
    </ModalDialog>
  );
}

function runWords({ isBracketed }: PasteDialogProps['paste']): string {
  return isBracketed
    ? 'The program in the terminal takes it as one paste: nothing should run before you press Enter.'
    : 'Each line may run as a command as soon as it arrives.';
}
