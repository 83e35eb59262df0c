import type { PreloadApi } from '../../contract/preload-api.ts';
import { PRELOAD_GLOBAL } from '../../contract/preload-api.ts';
import type { Bridge } from './bridge.ts';
import { createDesktopBridge } from './desktop-bridge.ts';
import { createWebBridge } from './web-bridge.ts';

/** The desktop shell is recognised by what its preload exposes; everything else is the web shell. */
export function chooseBridge(): Bridge {
  const exposed: unknown = Reflect.get(globalThis, PRELOAD_GLOBAL);
  return isPreloadApi(exposed) ? createDesktopBridge(exposed, window) : createWebBridge(location.href);
}

function isPreloadApi(exposed: unknown): exposed is PreloadApi {
  return typeof exposed === 'object' && exposed !== null && 'request' in exposed && 'openDataPort' in exposed;
}
