import type { MessageBoxOptions, MessageBoxReturnValue, Shell } from 'electron';
import type { ShellTexts } from './shell-texts.ts';

const MAX_SHOWN_CHARACTERS = 500;

/**
 * Links that lead out of the program: https only, and only after the user said so. One question at a time: a page cannot bury the
 * user in them.
 */
export function createExternalLinks(
  dialog: { showMessageBox(options: MessageBoxOptions): Promise<MessageBoxReturnValue> },
  shell: Pick<Shell, 'openExternal'>,
  texts: () => ShellTexts,
): { ask(url: string): Promise<void> } {
  let isAsking = false;
  return {
    async ask(url) {
      if (isAsking || !URL.canParse(url)) return;
      const { protocol, href } = new URL(url);
      if (protocol !== 'https:') return;
      isAsking = true;
      const { openLink, openLinkNow, cancel } = texts();
      try {
        const { response } = await dialog.showMessageBox({
          type: 'question',
          message: openLink,
          detail: href.slice(0, MAX_SHOWN_CHARACTERS),
          buttons: [openLinkNow, cancel],
          defaultId: 1,
          cancelId: 1,
        });
        if (response === 0) await shell.openExternal(href);
      } finally {
        isAsking = false;
      }
    },
  };
}
