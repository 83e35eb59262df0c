import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type {
  MenuItemConstructorOptions,
  MessageBoxOptions,
  MessageBoxReturnValue,
  SafeStorage,
} from 'electron';
import type { AppDouble } from './app.ts';

/** `safeStorage` with a key of its own, as a keychain would hold it. On Linux it is there when the app is ready. */
export class SafeStorageDouble {
  backend: ReturnType<SafeStorage['getSelectedStorageBackend']> = 'gnome_libsecret';
  isAvailable = true;
  readonly #app: AppDouble;
  readonly #key: Uint8Array;

  /** `key`: of the machine's keychain, for a program that is started again; 32 bytes */
  constructor(app: AppDouble, key: Uint8Array = randomBytes(32)) {
    this.#app = app;
    this.#key = key;
  }

  isEncryptionAvailable(): boolean {
    return this.#app.isReady() && this.isAvailable;
  }

  getSelectedStorageBackend(): ReturnType<SafeStorage['getSelectedStorageBackend']> {
    return this.#app.isReady() ? this.backend : 'unknown';
  }

  encryptString(text: string): Buffer {
    if (!this.isEncryptionAvailable())
      throw new Error('Error while encrypting the text provided to safeStorage.encryptString.');
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from('v11'), nonce, cipher.getAuthTag(), sealed]);
  }

  decryptString(sealed: Buffer): string {
    if (sealed.subarray(0, 3).toString() !== 'v11')
      throw new Error('Ciphertext does not appear to be encrypted.');
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(3, 15));
      decipher.setAuthTag(sealed.subarray(15, 31));
      return Buffer.concat([decipher.update(sealed.subarray(31)), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.', {
        cause,
      });
    }
  }
}

/** `dialog`: the questions that were asked; `answer` presses a button. */
export class DialogDouble {
  readonly errors: (readonly [title: string, content: string])[] = [];
  readonly questions: {
    readonly options: MessageBoxOptions;
    answer(response: number): void;
  }[] = [];

  showErrorBox(title: string, content: string): void {
    this.errors.push([title, content]);
  }

  showMessageBox(options: MessageBoxOptions): Promise<MessageBoxReturnValue> {
    const answered = Promise.withResolvers<MessageBoxReturnValue>();
    this.questions.push({
      options,
      answer: response => answered.resolve({ response, checkboxChecked: false }),
    });
    return answered.promise;
  }
}

/** The statics of `Menu`: what the program set; undefined while it set nothing, when Electron shows a menu of its own. */
export class MenuDouble {
  applicationMenu: { readonly template: readonly MenuItemConstructorOptions[] } | null | undefined;

  setApplicationMenu(menu: { readonly template: readonly MenuItemConstructorOptions[] } | null): void {
    this.applicationMenu = menu;
  }

  buildFromTemplate(template: MenuItemConstructorOptions[]): {
    readonly template: readonly MenuItemConstructorOptions[];
  } {
    return { template };
  }
}

export class ShellDouble {
  readonly opened: string[] = [];
  openExternal(url: string): Promise<void> {
    this.opened.push(url);
    return Promise.resolve();
  }
}
