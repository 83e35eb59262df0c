import { ModalDialog } from '../design/dialog.tsx';
import { PLAYER_KEYS } from './player-keys.ts';

/** What each key does in the player. */
export function KeySheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <ModalDialog title="Keys of the player" onClose={onClose} widthRem={26}>
      <dl className="key-sheet">
        {PLAYER_KEYS.map(({ keys, meaning }) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map(key => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </ModalDialog>
  );
}
