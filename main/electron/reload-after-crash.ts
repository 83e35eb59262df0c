import type { Dialog, WebContents } from 'electron';

/** A page that crashes again and again does so for a reason that loading it once more does not take away. */
const MAX_RELOADS = 3;
const WITHIN_MS = 60_000;

/**
 * Loads a window's page anew when its process is gone. Sessions run in processes of their own: they go on, and the page puts their
 * terminals back on screen.
 */
export function reloadAfterCrash(
  contents: WebContents,
  { dialog, nowMs }: { readonly dialog: Pick<Dialog, 'showErrorBox'>; readonly nowMs: () => number },
): void {
  let reloadsAtMs: number[] = [];
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || contents.isDestroyed()) return;
    reloadsAtMs = [...reloadsAtMs.filter(atMs => nowMs() - atMs < WITHIN_MS), nowMs()];
    if (reloadsAtMs.length <= MAX_RELOADS) {
      contents.reload();
      return;
    }
    dialog.showErrorBox(
      'The window of Sallyport does not stay up',
      `Its process ended ${String(reloadsAtMs.length)} times within a minute (${reason}). Sessions and their recordings go on until their grants end. ` +
        'Close the window and start Sallyport again; if it goes on, report it.',
    );
  });
}
