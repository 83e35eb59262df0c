import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Electron's archives (https://github.com/electron/asar, "Format"): two pickled numbers, a pickled JSON header, then the files behind one
 * another. Offsets count from the end of the header; files that lie beside the archive are `unpacked`.
 */
interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly size?: number;
  readonly offset?: string;
  readonly unpacked?: boolean;
}

export interface PackedFile {
  readonly path: string;
  readonly isUnpacked: boolean;
  read(): Buffer;
}

/** The files of an archive, and those beside it that belong to it. */
export function readAsar(archive: string): PackedFile[] {
  const bytes = readFileSync(archive);
  // The header was written by the packer that is under test; a shape that does not fit fails below.
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Entry;
  const start = 8 + bytes.readUInt32LE(4);
  const found: PackedFile[] = [];
  const visit = (entry: Entry, path: string): void => {
    for (const [name, child] of Object.entries(entry.files ?? {}))
      visit(child, path === '' ? name : `${path}/${name}`);
    if (entry.files !== undefined) return;
    const offset = start + Number(entry.offset ?? 0);
    found.push({
      path,
      isUnpacked: entry.unpacked === true,
      read: () =>
        entry.unpacked === true
          ? readFileSync(join(`${archive}.unpacked`, path))
          : bytes.subarray(offset, offset + (entry.size ?? 0)),
    });
  };
  visit(header, '');
  return found;
}

/** Lays the files out in a folder, as a program in the archive sees them. */
export function extractAsar(archive: string, folder: string): void {
  for (const file of readAsar(archive)) {
    const path = join(folder, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.read());
  }
}

/** An archive without files. */
export function emptyAsar(): Buffer {
  const json = Buffer.from(JSON.stringify({ files: {} }));
  const padded = Math.ceil(json.length / 4) * 4;
  const bytes = Buffer.alloc(16 + padded);
  [4, 8 + padded, 4 + padded, json.length].forEach((value, index) => bytes.writeUInt32LE(value, index * 4));
  json.copy(bytes, 16);
  return bytes;
}
