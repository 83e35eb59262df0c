import { contextBridge, ipcRenderer } from 'electron';
import type { PreloadApi } from '../contract/preload-api.ts';
import {
  DATA_PORT_KIND,
  EVENT_CHANNEL,
  OPEN_PORT_CHANNEL,
  PORT_CHANNEL,
  PRELOAD_GLOBAL,
  REQUEST_CHANNEL,
} from '../contract/preload-api.ts';
import type { Outcome } from '../contract/errors.ts';

/**
 * The bridge of the app window: hands names and payloads over as they are. Main checks the sender, the name and the payload; the renderer
 * checks what comes back. Nothing of Electron or Node reaches the page.
 */
const api: PreloadApi = {
  // Main answers every request with an outcome; the renderer's schemas check it again.
  request: (name, input) => ipcRenderer.invoke(REQUEST_CHANNEL, name, input) as Promise<Outcome<unknown>>,
  on(name, listener) {
    const forward = (_event: unknown, eventName: unknown, payload: unknown) => {
      if (eventName === name) listener(payload);
    };
    ipcRenderer.on(EVENT_CHANNEL, forward);
    return () => {
      ipcRenderer.off(EVENT_CHANNEL, forward);
    };
  },
  openDataPort: async sessionId => {
    await ipcRenderer.invoke(OPEN_PORT_CHANNEL, sessionId);
  },
};

ipcRenderer.on(PORT_CHANNEL, (event, sessionId: unknown) => {
  window.postMessage({ kind: DATA_PORT_KIND, sessionId }, window.location.origin, [...event.ports]);
});

contextBridge.exposeInMainWorld(PRELOAD_GLOBAL, api);
