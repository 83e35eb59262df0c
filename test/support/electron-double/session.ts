import type {
  CallbackResponse,
  CustomScheme,
  OnBeforeRequestListenerDetails,
  PermissionRequest,
  Session,
  WebContents,
} from 'electron';
import type { AppDouble } from './app.ts';
import type { WebContentsDouble } from './web-contents.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type DeviceHandler = NonNullable<Parameters<Session['setDevicePermissionHandler']>[0]>;
type Permission = Parameters<RequestHandler>[1];
type BeforeRequest = (
  details: OnBeforeRequestListenerDetails,
  callback: (response: CallbackResponse) => void,
) => void;

const DEVICE = { deviceId: '1', name: 'Key', vendorId: 1, productId: 1, collections: [] };

/** The default session. Without a handler Electron grants every permission and lets every request through. */
export class SessionDouble {
  #onRequest: RequestHandler | null = null;
  #onCheck: CheckHandler | null = null;
  #onDevice: DeviceHandler | null = null;
  #beforeRequest: BeforeRequest | null = null;

  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest | null): void => {
      this.#beforeRequest = listener;
    },
  };

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.#onRequest = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.#onCheck = handler;
  }

  setDevicePermissionHandler(handler: DeviceHandler | null): void {
    this.#onDevice = handler;
  }

  /** A frame of a page asks the user for something. */
  ask(contents: WebContentsDouble, permission: Permission, details: PermissionRequest): boolean {
    let isGranted = this.#onRequest === null;
    // The double has what the shell uses of `WebContents`, which is far from all.
    this.#onRequest?.(
      contents as unknown as WebContents,
      permission,
      granted => (isGranted = granted),
      details,
    );
    return isGranted;
  }

  /** Chromium looks whether a frame has a permission already. */
  check(permission: Permission, origin: string): boolean {
    const details = { embeddingOrigin: origin, isMainFrame: false, requestingUrl: origin };
    return this.#onCheck?.(null, permission, origin, details) ?? true;
  }

  checkDevice(origin: string): boolean {
    return this.#onDevice?.({ deviceType: 'hid', origin, device: DEVICE }) ?? true;
  }

  /** A page makes a request. Returns whether it leaves. */
  leaves(url: string): boolean {
    let isCancelled = false;
    const details = { id: 1, url, method: 'GET', resourceType: 'other', referrer: '', timestamp: 0 } as const;
    this.#beforeRequest?.(
      { ...details, uploadData: [] },
      response => (isCancelled = response.cancel === true),
    );
    return !isCancelled;
  }
}

/** `protocol`: privileges are given once and before the app is ready, handlers after. */
export class ProtocolDouble {
  readonly schemes: CustomScheme[] = [];
  readonly #app: AppDouble;
  readonly #handlers = new Map<string, (request: Request) => Response | Promise<Response>>();

  constructor(app: AppDouble) {
    this.#app = app;
  }

  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    if (this.#app.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    this.schemes.push(...schemes);
  }

  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    if (!this.#app.isReady()) throw new Error('protocol.handle should be called after app is ready');
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    this.#handlers.set(scheme, handler);
  }

  /** What a page's network stack does with an address. */
  async fetch(url: string): Promise<Response> {
    const handler = this.#handlers.get(new URL(url).protocol.slice(0, -1));
    if (handler === undefined) throw new Error(`ERR_UNKNOWN_URL_SCHEME (-302) loading '${url}'`);
    return handler(new Request(url));
  }
}
