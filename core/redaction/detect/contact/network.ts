import { isDigit, isWordChar } from '../characters.ts';
import type { Detector, Emit, LineText } from '../detector.ts';
import { SIGHT } from '../gate/gate.ts';

/** Hexadecimal digits, `:`, `.` and `-`. */
const ADDRESS_CHARS = Uint8Array.from({ length: 0x80 }, (_, code) =>
  /[0-9A-Fa-f:.-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/**
 * IPv4 (RFC 791, dotted decimal), IPv6 (RFC 4291 text forms, RFC 4007 zones) and MAC addresses (IEEE 802). Private, loopback,
 * link-local, multicast and unspecified ranges count only where the policy says so.
 */
export const networkDetector: Detector = {
  name: 'network',
  needs: SIGHT.address,
  find(text, emit) {
    const { line } = text;
    let at = 0;
    while (at < line.length) {
      if (!isAddressChar(line.charCodeAt(at))) {
        at++;
        continue;
      }
      const start = at;
      let dots = 0;
      let colons = 0;
      let dashes = 0;
      let hasGap = false;
      for (let before = 0; at < line.length; at++) {
        const code = line.charCodeAt(at);
        if (!isAddressChar(code)) break;
        if (code === 0x2e) dots++;
        else if (code === 0x2d) dashes++;
        else if (code === 0x3a) {
          colons++;
          if (before === 0x3a) hasGap = true;
        }
        before = code;
      }
      if (dots >= 3) dottedQuads(text, { start, end: at }, emit);
      if (at - start < 2 || at - start > 80) continue;
      // six pairs, eight groups or a gap between them, or three groups of four by dots: nothing else is an address from here on
      if (!hasGap && colons < 5 && dashes < 5 && (dots !== 2 || at - start < 14)) continue;
      if (start > 0 && isWordChar(line.charCodeAt(start - 1))) {
        // `field:2001:db8::1`: the end of a word is no part of it.
        const colon = line.indexOf(':', start);
        if (colons > 2 && colon < at) inspect(text, { start: colon + 1, end: at }, emit);
        continue;
      }
      if (dots < 2 && colons < 2 && dashes < 5) continue;
      const isTime = dots === 0 && dashes === 0 && colons < 5 && !line.slice(start, at).includes('::');
      const isLed = line.charAt(start) === ':' && line.charAt(start + 1) !== ':';
      if (!isTime) inspect(text, { start: isLed ? start + 1 : start, end: at }, emit);
    }
  },
};

function inspect(text: LineText, span: { start: number; end: number }, emit: Emit): void {
  const { line } = text;
  const isCut = span.end < line.length && isWordChar(line.charCodeAt(span.end));
  const raw = line.slice(span.start, span.end);
  const mac =
    /^([0-9A-Fa-f]{2}([:-]))(?:[0-9A-Fa-f]{2}\2){4}[0-9A-Fa-f]{2}(?![0-9A-Fa-f:-])/.exec(raw) ??
    /^[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}$/.exec(raw);
  if (mac !== null && !(isCut && mac[0].length === raw.length)) {
    if (!/^(00[:-]){5}00$|^(ff[:-]){5}ff$|^0{4}\.0{4}\.0{4}$/i.test(mac[0])) {
      emit({
        entity: 'mac',
        start: span.start,
        end: span.start + mac[0].length,
        score: 0.85,
        rule: 'mac.address',
        evidence: ['six pairs of one separator'],
      });
    }
    return;
  }
  if (/^\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/.test(raw)) return;
  const v6 = raw.replace(/[.:-]+$/, tail => (tail === '::' ? tail : ''));
  if (!isCut && isIpv6(v6) && (text.hidesPrivateIps || !isLocalIpv6(v6))) {
    const zone = /^%[\w.]{1,16}/.exec(line.slice(span.start + v6.length, span.end + 18));
    emit({
      entity: 'ip',
      start: span.start,
      end: withPrefixLength(line, span.start + v6.length + (zone?.[0].length ?? 0)),
      score: 0.85,
      rule: 'ip.v6',
      evidence: ['address form'],
    });
  }
}

/** `203.0.113.7:443`, `peer:203.0.113.7`, `203.0.113.7-203.0.113.9`: addresses between what else such a token may hold. */
function dottedQuads(text: LineText, span: { start: number; end: number }, emit: Emit): void {
  const raw = text.line.slice(span.start, Math.min(span.end + 1, span.start + 400));
  // with a port behind a dot, as tcpdump prints it: `192.0.2.7.443`; a first number under 24 is a version's or an OID's
  const quads =
    /(?<![\w.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:(?![\w]|\.\d)|(?<=(?:2[4-9]|[3-9]\d|\d{3})(?:\.\d{1,3}){3})(?=\.\d{1,5}(?![\w]|\.\d)))/g;
  for (const match of raw.matchAll(quads)) {
    const start = span.start + match.index;
    if (start > 0 && isWordChar(text.line.charCodeAt(start - 1))) continue;
    ipv4(text, start, match, emit);
  }
}

function ipv4(text: LineText, start: number, match: RegExpMatchArray, emit: Emit): void {
  const parts = match.slice(1, 5).map(Number);
  const isInRange = parts.every(
    (part, i) => part <= 255 && (match[i + 1] === '0' || match[i + 1]?.charAt(0) !== '0'),
  );
  if (!isInRange || (!text.hidesPrivateIps && isLocalIpv4(parts))) return;
  const before = text.line.slice(Math.max(0, start - 12), start).toLowerCase();
  // `Chrome/142.0.0.0`, `nginx:1.25.13.11`: a product's version begins with a small number or ends in zeros.
  const isVersion = (parts[0] ?? 0) < 24 || (parts[1] === 0 && parts[2] === 0);
  if (
    /(^|[^a-z])(v|ver|version|release|build)[ .:=_/-]*$/.test(before) ||
    (isVersion && /[a-z]\/$/.test(before)) ||
    (isVersion &&
      /[a-z]:$/.test(before) &&
      !/(ip|ipv4|host|addr|address|peer|from|to|server|client|src|dst|remote|listen|bind)\W?:$/.test(
        before,
      )) ||
    (/\w[.-]$/.test(before) &&
      !/(^|[^\w.])\d{1,3}(\.\d{1,3}){3}-$/.test(text.line.slice(Math.max(0, start - 17), start)))
  )
    return;
  if (
    parts.every(part => part < 10) &&
    !text.hidesPrivateIps &&
    !/(ip|host|addr|from|to|server|client)\W*$/.test(before)
  ) {
    emit({
      entity: 'ip',
      start,
      end: start + match[0].length,
      score: 0.4,
      rule: 'ip.v4-or-version',
      evidence: ['four small numbers'],
    });
    return;
  }
  emit({
    entity: 'ip',
    start,
    end: withPrefixLength(text.line, start + match[0].length),
    score: 0.8,
    rule: 'ip.v4',
    evidence: ['address form'],
  });
}

/** Takes the `/24` of a network with its address (RFC 4632). */
function withPrefixLength(line: string, end: number): number {
  const prefix = /^\/\d{1,3}(?!\w|\.\w)/.exec(line.slice(end, end + 6));
  return end + (prefix?.[0].length ?? 0);
}

/** RFC 1918, 1122, 3927, 5771, 6598. */
function isLocalIpv4(parts: readonly number[]): boolean {
  const [a = 0, b = 0] = parts;
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127)
  );
}

function isLocalIpv6(address: string): boolean {
  const lower = address.toLowerCase();
  return /^(::1?|fe[89ab][0-9a-f]:.*|f[cd][0-9a-f]{2}:.*|ff[0-9a-f]{2}:.*)$/.test(lower);
}

/** RFC 4291, 2.2: eight groups, or fewer with one `::`; the last two may be dotted decimal. A digit must be in it: `a::b` is code. */
function isIpv6(address: string): boolean {
  if (address.length < 2 || !/^[0-9A-Fa-f:.]+$/.test(address)) return false;
  const gap = address.indexOf('::');
  if (gap >= 0 && address.indexOf('::', gap + 1) >= 0) return false;
  const groups = address.split(':').filter(group => group !== '');
  let count = groups.length;
  const last = groups.at(-1) ?? '';
  if (last.includes('.')) {
    if (!/^(\d{1,3}\.){3}\d{1,3}$/.test(last) || last.split('.').some(part => Number(part) > 255))
      return false;
    groups.pop();
    count++;
  }
  if (groups.some(group => group.length > 4 || group.includes('.'))) return false;
  if (gap < 0) return count === 8 && !address.startsWith(':') && !address.endsWith(':');
  if (!address.startsWith('::') && address.startsWith(':')) return false;
  if (!address.endsWith('::') && address.endsWith(':')) return false;
  // 0000::/8 is reserved (RFC 4291, 2.4), but for 64:ff9b::/96 (RFC 6052): `58:2::` is a colour, `12:30::` a time
  if (gap > 0 && Number.parseInt(groups[0] ?? '', 16) < 0x100 && !/^64:ff9b:/i.test(address)) return false;
  return count <= 7 && [...address].some(char => isDigit(char.charCodeAt(0)));
}

function isAddressChar(code: number): boolean {
  return code < 0x80 && ADDRESS_CHARS[code] === 1;
}
