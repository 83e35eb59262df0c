import type { ShellFacts } from '../../contract/shell.ts';
import { fileSecretBox } from '../vault/secret-box.ts';

/** What plain Node in a browser or a terminal cannot do, in words for the user. */
export const WEB_SHELL_FACTS: ShellFacts = {
  kind: 'web',
  lacks: [
    { capability: 'safe-storage', meaning: fileSecretBox.meaning ?? '' },
    {
      capability: 'power-monitor',
      meaning:
        'Sleep is noticed by the clock: the screen is covered within a second after waking, input at once.',
    },
    {
      capability: 'content-protection',
      meaning: 'Other programs on this machine can take pictures of the window.',
    },
    { capability: 'menus', meaning: 'There is no menu bar; the command palette has everything.' },
    { capability: 'deep-links', meaning: 'Links that begin with sallyport:// do not open here.' },
    {
      capability: 'single-instance',
      meaning: 'Several windows may be open; one terminal shows a session at a time.',
    },
  ],
};
