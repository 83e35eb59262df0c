import { isAlnum, isAsciiLetter, isDigit, isLetter } from '../characters.ts';
import type { Detector } from '../detector.ts';
import { SIGHT } from '../gate/gate.ts';

const MAX_LOCAL = 64;
const MAX_DOMAIN = 253;
/** Endings that are no top-level domain but a file, a unit of systemd, or an image scale. */
const NOT_DOMAINS = new Set(
  'tar,tgz,xz,bz2,deb,rpm,md,tsx,jsx,service,socket,timer,target,slice,mount,automount,scope,device,swap,path,png,jpg,jpeg,gif,svg,webp,ico,css,js,ts,json,so,log,txt,conf,yaml,yml,lock,gz,zip,html,py,rb,go,java,jar,rs,cpp,hpp'.split(
    ',',
  ),
);
/** Before the ending of a file nothing else is taken for a domain's: `icon@2x.dark.png`. */
const COMMON_TOP = /[a-z\d]\.(?:[a-z]{2}|com|org|net|edu|gov|mil|info|biz|app|dev|example|test)$/i;
/** Accounts of machines: followed by `:` they are the address of a host or a repository, not of a person. */
const MACHINE_ACCOUNTS = new Set(
  'git,root,ubuntu,ec2-user,admin,postgres,mysql,deploy,centos,debian,core,vagrant,hg,svn'.split(','),
);

/** E-mail addresses: RFC 5322 dot-atom and quoted local parts, RFC 6531 letters, RFC 1035 domains; also with `%40` for `@`. */
export const emailDetector: Detector = {
  name: 'email',
  needs: SIGHT.at,
  find(text, emit) {
    const { line } = text;
    for (const { literal, start: at, end: after } of text.sightings.anchors) {
      if ((literal.sight & SIGHT.at) === 0) continue;
      const start = startOfLocal(line, at);
      const end = withoutExtension(line, after, endOfDomain(line, after));
      if (start === at || end === after || isInAuthority(line, start)) continue;
      const domain = line.slice(after, end);
      if (!isDomain(domain) || isMachine(line.slice(start, at), line, end)) continue;
      emit({
        entity: 'email',
        start,
        end,
        score: 0.95,
        rule: 'email.address',
        evidence: ['local part, @ and domain'],
      });
    }
  },
};

/** `scheme://user@host` and `scheme://user:password@host` name an account of a machine; the password is another detector's. */
function isInAuthority(line: string, start: number): boolean {
  const scheme = line.lastIndexOf('://', start);
  return scheme >= 0 && start - scheme < 300 && !/[\s/?#]/.test(line.slice(scheme + 3, start));
}

function startOfLocal(line: string, at: number): number {
  let start = at;
  if (line.charAt(at - 1) === '"') {
    const open = line.lastIndexOf('"', at - 2);
    if (open >= 0 && at - open <= MAX_LOCAL && at - open > 2 && !/[=:\s[]/.test(line.charAt(open - 1) || ' '))
      return at;
    if (open >= 0 && at - open <= MAX_LOCAL && at - open > 2) return open;
  }
  while (start > 0 && at - start < MAX_LOCAL && isLocalChar(line.charCodeAt(start - 1))) start--;
  while (
    start < at &&
    (line.charAt(start) === '.' || line.charAt(start) === '-' || line.charAt(start) === "'")
  )
    start++;
  const slash = line.slice(start, at).lastIndexOf('=');
  if (slash >= 0) start += slash + 1;
  return line.charAt(at - 1) === '.' ? at : start;
}

function isLocalChar(code: number): boolean {
  if (code > 0x7f) return isLetter(code);
  return isAlnum(code) || "._%+-'=".includes(String.fromCharCode(code));
}

function endOfDomain(line: string, from: number): number {
  let end = from;
  while (end < line.length && end - from < MAX_DOMAIN && isDomainChar(line.charCodeAt(end))) end++;
  while (end > from && !isAlnum(line.charCodeAt(end - 1)) && line.charCodeAt(end - 1) < 0x80) end--;
  return end;
}

/** `anna@example.org.csv`: a file that is named after its person. */
function withoutExtension(line: string, from: number, end: number): number {
  const match = /\.([a-z\d]{2,5})$/i.exec(line.slice(from, end));
  if (match === null || !NOT_DOMAINS.has((match[1] ?? '').toLowerCase())) return end;
  const domain = line.slice(from, from + match.index);
  return COMMON_TOP.test(domain) ? from + match.index : end;
}

function isDomainChar(code: number): boolean {
  return code > 0x7f ? isLetter(code) : isAlnum(code) || code === 0x2d || code === 0x2e;
}

function isDomain(domain: string): boolean {
  const dot = domain.lastIndexOf('.');
  if (dot <= 0 || domain.includes('..') || domain.startsWith('.') || domain.startsWith('-')) return false;
  const top = domain.slice(dot + 1).toLowerCase();
  if (top.length < 2 || top.length > 24 || NOT_DOMAINS.has(top)) return false;
  if (isDigit(domain.charCodeAt(0)) && /^\d+(\.\d+)+/.test(domain)) return false;
  if (top.startsWith('xn--')) return true;
  for (let i = 0; i < top.length; i++) {
    const code = top.charCodeAt(i);
    if (code > 0x7f ? !isLetter(code) : !isAsciiLetter(code)) return false;
  }
  return true;
}

function isMachine(local: string, line: string, end: number): boolean {
  return (
    line.charAt(end) === ':' &&
    /[~/\w]/.test(line.charAt(end + 1)) &&
    MACHINE_ACCOUNTS.has(local.toLowerCase())
  );
}
