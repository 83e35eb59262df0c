import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { AppDouble } from './app.ts';
import type { Machine } from './app.ts';
import { browserWindowClass } from './browser-window.ts';
import type { BrowserWindowClass, WindowDouble } from './browser-window.ts';
import { IpcMainDouble } from './ipc.ts';
import { MessageChannelMainDouble } from './message-ports.ts';
import { ProtocolDouble, SessionDouble } from './session.ts';
import { DialogDouble, MenuDouble, SafeStorageDouble, ShellDouble } from './system.ts';
import type { NotificationClass, TrayClass } from './tray.ts';
import { NativeImageDouble, notificationClass, trayClass } from './tray.ts';
import { UtilityProcessModule } from './utility-process.ts';

/**
 * The parts of Electron's main process that the shell uses, behaving as the real ones where the shell relies on them. There is no runtime
 * where tests run; what is here was read in Electron's sources and documentation, and each member is looked up in its `electron.d.ts`.
 */
export interface ElectronDouble {
  readonly app: AppDouble;
  readonly BrowserWindow: BrowserWindowClass;
  readonly dialog: DialogDouble;
  readonly ipcMain: IpcMainDouble;
  readonly Menu: MenuDouble;
  readonly MessageChannelMain: typeof MessageChannelMainDouble;
  readonly nativeImage: NativeImageDouble;
  readonly Notification: NotificationClass;
  readonly powerMonitor: EventEmitter;
  readonly protocol: ProtocolDouble;
  readonly safeStorage: SafeStorageDouble;
  /** Throws before the app is ready. */
  readonly session: { readonly defaultSession: SessionDouble };
  readonly shell: ShellDouble;
  readonly Tray: TrayClass;
  readonly utilityProcess: UtilityProcessModule;
}

export interface ElectronDoubleOptions {
  /** the machine that the program runs on; one of its own where not given */
  readonly machine?: Machine;
  readonly isPackaged?: boolean;
  /** what the machine's keychain seals with, 32 bytes; another one each time where not given */
  readonly keychainKey?: Uint8Array;
  /** where the program of a utility process lies in the sources */
  readonly entryOf?: (modulePath: string) => string;
}

export function createMachine(): Machine {
  return { locks: new Map() };
}

/** One program: what `import 'electron'` gives it. */
export function createElectronDouble(options: ElectronDoubleOptions = {}): ElectronDouble {
  const app = new AppDouble(options.machine ?? createMachine(), options.isPackaged ?? false);
  const protocol = new ProtocolDouble(app);
  const defaultSession = new SessionDouble();
  const double = {
    app,
    BrowserWindow: browserWindowClass(app, url => protocol.fetch(url)),
    dialog: new DialogDouble(),
    ipcMain: new IpcMainDouble(),
    Menu: new MenuDouble(),
    MessageChannelMain: MessageChannelMainDouble,
    nativeImage: new NativeImageDouble(),
    Notification: notificationClass(),
    powerMonitor: new EventEmitter(),
    protocol,
    safeStorage: new SafeStorageDouble(app, options.keychainKey),
    session: {
      get defaultSession() {
        if (!app.isReady()) throw new Error('Session can only be received when app is ready');
        return defaultSession;
      },
    },
    shell: new ShellDouble(),
    Tray: trayClass(),
    utilityProcess: new UtilityProcessModule(app, options.entryOf ?? (path => path)),
  };
  return double satisfies LikeElectron;
}

/** The only window; throws where there is none or several. */
export function onlyWindow(electron: ElectronDouble): WindowDouble {
  const [window, another] = electron.BrowserWindow.getAllWindows();
  if (window === undefined || another !== undefined) throw new Error('There is not exactly one window.');
  return window;
}

/** What the compiler holds the double to: the signatures of Electron itself, but for `on` with its hundreds of overloads. */
interface LikeElectron {
  readonly app: Pick<
    Electron.App,
    | 'getPreferredSystemLanguages'
    | 'isPackaged'
    | 'isReady'
    | 'whenReady'
    | 'enableSandbox'
    | 'setPath'
    | 'setAsDefaultProtocolClient'
    | 'requestSingleInstanceLock'
    | 'quit'
    | 'exit'
  > & { readonly commandLine: Pick<Electron.CommandLine, 'hasSwitch'> };
  readonly BrowserWindow: new (
    options?: Electron.BrowserWindowConstructorOptions,
  ) => Pick<
    Electron.BrowserWindow,
    'isMinimized' | 'show' | 'focus' | 'restore' | 'setContentProtection' | 'loadURL' | 'close' | 'destroy'
  > & {
    readonly webContents: Pick<
      Electron.WebContents,
      'id' | 'isDestroyed' | 'getURL' | 'send' | 'postMessage' | 'setWindowOpenHandler'
    > & { readonly mainFrame: Pick<Electron.WebFrameMain, 'url' | 'origin'> };
  };
  readonly dialog: Pick<Electron.Dialog, 'showErrorBox'> & {
    showMessageBox(options: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue>;
  };
  readonly ipcMain: Pick<Electron.IpcMain, 'handle' | 'removeHandler'>;
  readonly MessageChannelMain: new () => {
    readonly port1: Pick<Electron.MessagePortMain, 'postMessage' | 'start' | 'close'>;
  };
  readonly protocol: Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;
  readonly safeStorage: Pick<
    Electron.SafeStorage,
    'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
  >;
  readonly session: {
    readonly defaultSession: Pick<
      Electron.Session,
      'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
    > & {
      readonly webRequest: {
        onBeforeRequest(listener: Parameters<Electron.WebRequest['onBeforeRequest']>[0]): void;
      };
    };
  };
  readonly shell: Pick<Electron.Shell, 'openExternal'>;
  readonly utilityProcess: {
    fork(
      modulePath: string,
      args?: string[],
      options?: Electron.ForkOptions,
    ): Pick<Electron.UtilityProcess, 'pid' | 'postMessage' | 'kill'>;
  };
}
