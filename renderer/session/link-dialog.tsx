import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import type { LinkVerdict, LinkWarning } from './link-guard.ts';

const WARNINGS: Record<LinkWarning, string> = {
  'international-name':
    'Its name has letters of other scripts (the parts with “xn--”), which can look like ones you know.',
  'login-in-address': 'What stands before the @ is no part of the place that it leads to.',
  unencrypted: 'It is not encrypted (http): others on the way can read and change it.',
};

interface LinkDialogProps {
  readonly link: Extract<LinkVerdict, { kind: 'ask' }>;
  readonly onRefuse: () => void;
  readonly onOpen: () => void;
}

/** Shows where a link really leads, with what its text hides about that. */
export function LinkDialog({ link, onRefuse, onOpen }: LinkDialogProps) {
  const { address, host, shownAs, warnings } = link;
  return (
    <ModalDialog title={`Open ${host}?`} role="alertdialog" onClose={onRefuse}>
      <p>It comes from the terminal’s output, so the target chose it. It opens outside of the session.</p>
      <p className="mono break preview" data-testid="link-address">
        {address}
      </p>
      {shownAs !== null && (
        <p>
          The terminal shows it as “<span className="mono break">{shownAs}</span>”.
        </p>
      )}
      {warnings.length > 0 && (
        <ul className="stack warnings">
          {warnings.map(warning => (
            <li key={warning}>{WARNINGS[warning]}</li>
          ))}
        </ul>
      )}
      <div className="actions">
        <Button onPress={onRefuse} autoFocus>
          Stay here
        </Button>
        <Button tone="primary" onPress={onOpen}>
          Open link
        </Button>
      </div>
    </ModalDialog>
  );
}
