import type { SafeStorage } from 'electron';
import { SallyportError } from '../../contract/errors.ts';
import type { SecretBox } from '../vault/secret-box.ts';

/** On Linux: `basic_text` has a key that is the same in every program; `unknown` is what nobody has looked at yet. */
const WEAK_BACKENDS: ReadonlySet<string> = new Set(['basic_text', 'unknown']);

/** Seals secrets with the system's keychain. Throws `internal` where the system has none or only a weak one. The app has to be ready. */
export function createSafeStorageBox(storage: SafeStorage, platform: NodeJS.Platform): SecretBox {
  const isWeak = platform === 'linux' && WEAK_BACKENDS.has(storage.getSelectedStorageBackend());
  if (!storage.isEncryptionAvailable() || isWeak) {
    throw new SallyportError(
      'internal',
      'This desktop has no keychain in which to keep the device key. Start one (GNOME Keyring or KWallet), or use "sallyport serve".',
    );
  }
  return {
    scheme: 'safe-storage',
    meaning: null,
    seal: secret => storage.encryptString(secret).toString('base64'),
    open: sealed => storage.decryptString(Buffer.from(sealed, 'base64')),
  };
}
