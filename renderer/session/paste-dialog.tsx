import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import { Switch } from '../design/field.tsx';
import { asOneLine, previewPieces } from './paste-guard.ts';
import type { TerminalQuestion } from './terminal-session.ts';
import { t } from '../texts/t.ts';

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
      title={isSeveral ? t.terminal.pasteLines(lines) : t.terminal.pasteHidden}
      role="alertdialog"
      onClose={onRefuse}
    >
      {isSeveral && <p>{runWords(paste)}</p>}
      {hasControls && <p className="warnings">{isSeveral ? t.terminal.alsoHidden : t.terminal.hasHidden}</p>}
      <pre className="preview" tabIndex={0} aria-label={t.terminal.textToPaste} data-testid="paste-preview">
        {previewPieces(text.slice(0, PREVIEW_CHARACTERS)).map((piece, index) =>
          piece.isControl ? (
            <mark key={index} className="control">
              {piece.text}
            </mark>
          ) : (
            <span key={index}>{piece.text}</span>
          ),
        )}
        {text.length > PREVIEW_CHARACTERS &&
          `\n${t.terminal.charactersMore(text.length - PREVIEW_CHARACTERS)}`}
      </pre>
      {isSeveral && (
        <Switch isSelected={isTrusted} onChange={setTrusted}>
          {t.terminal.pasteWithoutAsking}
        </Switch>
      )}
      <div className="actions">
        <Button onPress={onRefuse} autoFocus>
          {t.terminal.doNotPaste}
        </Button>
        {canBeOneLine && (
          <Button onPress={() => onPaste({ isOneLine: true, isTrusted })}>{t.terminal.pasteAsOneLine}</Button>
        )}
        <Button tone="primary" onPress={() => onPaste({ isOneLine: false, isTrusted })}>
          {t.terminal.paste}
        </Button>
      </div>
    </ModalDialog>
  );
}

function runWords({ isBracketed }: PasteDialogProps['paste']): string {
  return isBracketed ? t.terminal.isBracketed : t.terminal.eachLineRuns;
}
