/** Valid UTF-8 as text; core has no TextDecoder. */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i] ?? 0;
    const size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    let cp = size === 1 ? first : first & (0x7f >> size);
    for (let k = 1; k < size; k++) cp = (cp << 6) | ((bytes[i + k] ?? 0) & 0x3f);
    text += String.fromCodePoint(cp);
    i += size;
  }
  return text;
}
