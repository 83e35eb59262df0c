import { BrowserWindow } from 'electron';
import type { WebPreferences } from 'electron';

/** Settings of every window; a test reads them. */
export function webPreferences(preload: string, { hasDevTools }: { hasDevTools: boolean }): WebPreferences {
  return {
    preload,
    devTools: hasDevTools,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  };
}

/** Makes the app window, still empty; it is shown when its first frame is painted. */
export function createAppWindow(preload: string, options: { hasDevTools: boolean }): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 820,
    minWidth: 420,
    minHeight: 480,
    show: false,
    title: 'Sallyport',
    backgroundColor: '#12161c',
    webPreferences: webPreferences(preload, options),
  });
  // Terminals show personal data's masks and other people's systems: keep them out of screen captures where the system can.
  window.setContentProtection(true);
  window.once('ready-to-show', () => window.show());
  return window;
}
