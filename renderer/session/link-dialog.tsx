import { Button } from '../design/button.tsx';
import { ModalDialog } from '../design/dialog.tsx';
import type { LinkVerdict, LinkWarning } from './link-guard.ts';
import { t } from '../texts/t.ts';

function warningWords(warning: LinkWarning): string {
  switch (warning) {
    case 'international-name':
      return t.terminal.internationalName;
    case 'login-in-address':
      return t.terminal.loginInAddress;
    case 'unencrypted':
      return t.terminal.unencrypted;
  }
}

interface LinkDialogProps {
  readonly link: Extract<LinkVerdict, { kind: 'ask' }>;
  readonly onRefuse: () => void;
  readonly onOpen: () => void;
}

/** Shows where a link really leads, with what its text hides about that. */
export function LinkDialog({ link, onRefuse, onOpen }: LinkDialogProps) {
  const { address, host, shownAs, warnings } = link;
  return (
    <ModalDialog title={t.terminal.openLink(host)} role="alertdialog" onClose={onRefuse}>
      <p>{t.terminal.linkOrigin}</p>
      <p className="mono break preview" data-testid="link-address">
        {address}
      </p>
      {shownAs !== null && <p>{t.terminal.shownAs(<span className="mono break">{shownAs}</span>)}</p>}
      {warnings.length > 0 && (
        <ul className="stack warnings">
          {warnings.map(warning => (
            <li key={warning}>{warningWords(warning)}</li>
          ))}
        </ul>
      )}
      <div className="actions">
        <Button onPress={onRefuse} autoFocus>
          {t.terminal.stay}
        </Button>
        <Button tone="primary" onPress={onOpen}>
          {t.terminal.open}
        </Button>
      </div>
    </ModalDialog>
  );
}
