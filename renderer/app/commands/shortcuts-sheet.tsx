import { ModalDialog } from '../../design/dialog.tsx';
import { PLAYER_KEYS } from '../../review/player-keys.ts';
import { TERMINAL_KEYS } from '../../session/terminal-keys.ts';
import { formatRoute } from '../router.ts';
import { useAccount } from '../services-context.tsx';
import type { ShortcutGroup } from './shortcuts.ts';
import { shortcutGroups } from './shortcuts.ts';
import { isMacPage } from './use-shown-chord.ts';
import './commands.css';
import { t } from '../../texts/t.ts';

/** What every key does: of the window, of terminals, of the player. */
export function ShortcutsSheet({ onClose }: { readonly onClose: () => void }) {
  const { roles } = useAccount();
  const groups = shortcutGroups({
    roles,
    isMac: isMacPage(),
    terminalKeys: TERMINAL_KEYS,
    playerKeys: PLAYER_KEYS,
  });
  return (
    <ModalDialog title={t.app.keyboardShortcuts} onClose={onClose} widthRem={56}>
      <div className="shortcuts" tabIndex={0} role="region" aria-label={t.palette.shortcuts}>
        {groups.map(group => (
          <Shortcuts key={group.title} group={group} />
        ))}
      </div>
      <p className="small muted">
        {t.palette.singleKeys(
          <a href={formatRoute({ view: 'settings' })} onClick={onClose}>
            {t.places.settings}
          </a>,
        )}
      </p>
    </ModalDialog>
  );
}

function Shortcuts({ group }: { readonly group: ShortcutGroup }) {
  return (
    <section>
      <h2>{group.title}</h2>
      {group.note !== undefined && <p className="small muted">{group.note}</p>}
      <dl className="key-list">
        {group.entries.map(({ keys, meaning }) => (
          <div key={meaning}>
            <dt>
              {keys.map(key => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
