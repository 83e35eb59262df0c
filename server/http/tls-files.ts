import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SallyportError } from '../../contract/errors.ts';

/** A certificate with its chain, and its key: PEM. */
export interface TlsPair {
  readonly cert: string;
  readonly key: string;
}

/** A certificate that can be renewed while connections stand. */
export interface TlsFiles {
  current(): TlsPair;
  /** The certificate of now, for the log and for those who look after it. */
  readonly validUntilMs: number;
  /** Reads the files again; new connections get what they hold. Throws `bad-input` and leaves the old pair where they do not fit. */
  reload(): Promise<void>;
  onReload(take: (pair: TlsPair) => void): void;
}

/** Throws `bad-input` in words where a file cannot be read, is no PEM, or the key is another certificate's. */
export async function openTlsFiles(paths: {
  readonly cert: string;
  readonly key: string;
}): Promise<TlsFiles> {
  let pair = await readPair(paths);
  const takers: ((pair: TlsPair) => void)[] = [];
  return {
    current: () => pair,
    get validUntilMs() {
      return Date.parse(new X509Certificate(pair.cert).validTo);
    },
    async reload() {
      pair = await readPair(paths);
      for (const take of takers) take(pair);
    },
    onReload: take => void takers.push(take),
  };
}

async function readPair(paths: { readonly cert: string; readonly key: string }): Promise<TlsPair> {
  const cert = await readPem(paths.cert, 'certificate');
  const key = await readPem(paths.key, 'key of the certificate');
  const certificate = parsed(() => new X509Certificate(cert), `"${paths.cert}" holds no certificate in PEM.`);
  const privateKey = parsed(
    () => createPrivateKey(key),
    `"${paths.key}" holds no private key in PEM that opens without a passphrase.`,
  );
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new SallyportError(
      'bad-input',
      `The key in "${paths.key}" is not the one of the first certificate in "${paths.cert}". The server's own certificate comes first, then those that sign it.`,
    );
  }
  return { cert, key };
}

async function readPem(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new SallyportError(
      'bad-input',
      `The ${what}, "${path}", cannot be read. Check that it is there and that this user may read it.`,
      { cause: error },
    );
  }
}

function parsed<T>(parse: () => T, words: string): T {
  try {
    return parse();
  } catch (error) {
    throw new SallyportError('bad-input', words, { cause: error });
  }
}
