import type { Entity } from '../../../../contract/redaction.ts';
import { isSourceText } from '../secrets/source-text.ts';

/** Empty, NULL and their spellings: there is nothing to hide. */
export function isNothing(raw: string): boolean {
  // most values begin with something else: a digit, a capital, a letter but n and u
  if (isValueStart(raw.charCodeAt(0))) return false;
  const text = raw.trim();
  return (
    text === '' ||
    (text.length <= 11 &&
      /^(?:null|nil|none|n\/a|undefined|\\n|~|-+|<null>|\(null\)|\[null\]|""|''|\{\}|\[\]|¤|∅)$/i.test(text))
  );
}

/** Letters and digits that none of the spellings of nothing begin with. */
export function isValueStart(code: number): boolean {
  const lower = code | 0x20;
  return (
    (code >= 0x30 && code <= 0x39) || (lower >= 0x61 && lower <= 0x7a && lower !== 0x6e && lower !== 0x75)
  );
}

/** What programs print instead of a value: terraform, kubectl, clients of databases. */
const INSTEAD =
  /^(?:\((?:sensitive value|sensitive|known after apply|write-only attribute|hidden|redacted|unchanged|set|not set|unset)\)(?: -> (?:null|\(.*\)))?|<(?:set to the key |sensitive|secret|hidden|set|unset|not set|encrypted|private).{0,160}|(?:YES|NO)\))(?:\s*#.*)?$/i;

/** A place to fill in, or already masked. */
export function isTemplate(raw: string): boolean {
  const text = raw.trim();
  if (INSTEAD.test(text)) return true;
  return (
    text.length <= 200 &&
    /^(?:\$\{[^}]*\}|\$\(.*|`[^`]*`|\$[A-Za-z_]\w*|\{\{[^}]*\}\}|<[a-z][\w -]*>|%\w+%|%\(?\w*\)?s|[*•●█xX]{3,}|\[(?:redacted|filtered|masked|hidden)\]|<(?:redacted|hidden)>)$/i.test(
      text,
    )
  );
}

const BOOLEAN =
  /^(?:true|false|yes|no|on|off|enabled|disabled|required|optional|ok|failed|invalid|missing|expired)$/i;
/** A declaration in a program or a schema, not a value. */
const TYPE =
  /^(?:string|number|boolean|bool|str|int|integer|text|any|unknown|bytes|varchar|nvarchar|char|date|datetime|timestamp|uuid|Buffer|Uint8Array|String|Optional|z\.\w+)(?:\(\d*\)|\[.{0,40}\]|\?)?(?: (?:not )?null)?(?: \|.{0,60})?[;,)]?$/i;
/** Keys that in prose and diagnostics stand before words, not secrets. */
const WEAK_SECRET_KEYS = /^(?:token|secret|cookie|pass|pwd|credentials?|session token|auth|security token)$/;

export interface NamedContext {
  readonly isQuoted: boolean;
  /** The value may go on. */
  readonly isOpen: boolean;
  readonly key: string;
  readonly isColon: boolean;
  /** The key begins its line. */
  readonly isLabel: boolean;
  /** A colon, or blanks around the sign, as programs and sentences have them. */
  readonly isSpaced: boolean;
  /** The key is in capitals. */
  readonly isUpper: boolean;
}

/**
 * What a program prints of an object under `token` and its like: a class with its identity hash (`Token{a64f992 …`, `Binder@1b2c3d`, `[B@6d06d69c`),
 * an address in memory, words in parentheses.
 */
function isProgramObject(text: string, entity: Entity): boolean {
  if (entity !== 'api-key' && entity !== 'password') return false;
  return (
    /^(?:[A-Za-z_$][\w$.]*\{[0-9a-f]{4,8}\b|(?:[a-z][\w$]*\.)*\[?[A-Z][\w$]*;?@[0-9a-f]{4,8}\b)/.test(text) ||
    /^0x[0-9a-f]{4,16}[,;)\]}]?$/i.test(text) ||
    /^\((?:required|optional|default|deprecated|string|none|hidden|not set|unset)\b/i.test(text)
  );
}

/**
 * Whether a value may be what its key says. Only what is certainly something else is let go: a truth value, an IP address under
 * `address`, a latency under `lat`, a prose word behind `token:`.
 */
export function plausibleFor(entity: Entity, raw: string, context: NamedContext): boolean {
  const text = raw.trim();
  // /etc/passwd and /etc/group; nsswitch.conf.
  if (/^x:\d+:/.test(text) || (entity === 'password' && /^(?:files|compat|sss|db|nis)\b/.test(text)))
    return false;
  if (isProgramObject(text, entity)) return false;
  const isSecret = entity === 'api-key' || entity === 'password' || entity === 'private-key';
  if (
    isSecret &&
    context.isSpaced &&
    !context.isQuoted &&
    isSourceText(text, entity !== 'password' || context.key === 'psk')
  )
    return false;
  // HTML's accesskey
  if (entity === 'api-key' && !context.isOpen && text.length <= 1) return false;
  // what `kubectl describe secret` says instead of a value
  if (/^\d{1,7} bytes$/.test(text)) return false;
  // the verdict of a test, not a password
  if (context.key === 'pass' && context.isColon && context.isLabel && context.isUpper) return false;
  if (BOOLEAN.test(text) || (!context.isQuoted && TYPE.test(text))) return false;
  if (context.isOpen) return true;
  switch (entity) {
    case 'email':
      return (
        context.isQuoted || context.isLabel || !context.isColon || /@|%40/.test(text) || !/\s/.test(text)
      );
    case 'geo':
      return /-?\d{1,3}[.,]\d{2,}|\d°/.test(text);
    case 'password':
      // The shell's working directory has a password's name.
      if (context.key === 'pwd' && /^(?:[/~]|[A-Z]:\\)/.test(text)) return false;
      return context.isQuoted || context.isLabel || !context.isColon || !/^[a-z]+ [a-z]+ [a-z ]+/i.test(text);
    case 'api-key':
      if (/^[\^~]?\d+\.\d+\.\d+$/.test(text)) return false;
      // `*v1.Secret: failed to list …`
      if (
        context.isColon &&
        !context.isQuoted &&
        !context.isLabel &&
        /^[a-z]{2,} [a-z]{2,} [a-z*]/.test(text)
      )
        return false;
      return (
        !WEAK_SECRET_KEYS.test(context.key) ||
        (!context.isColon && text.length >= 4) ||
        /\d/.test(text) ||
        text.length >= 16 ||
        (context.isLabel && /^[a-z]+(?:[^A-Za-z\s]+[a-z]+)+$/i.test(text) && text.length >= 8)
      );
    case 'card':
      // `cc` is also a compiler, the end of a file's name and the copy of a letter
      return context.key === 'cc'
        ? /\d{4}[ -]?\d{4}/.test(text)
        : /\d{3}/.test(text) || (context.isQuoted && !/^[\p{L}\p{M} ]+$/u.test(text));
    case 'private-key':
      return !/^(?:[~.]{0,2}\/|\$)[\w./$#-]*$|^[a-z]{1,20}\W{0,4}$/i.test(text);
    case 'iban':
    case 'ssn':
    case 'national-id':
    case 'driving-licence':
      return /\d/.test(text) || context.isQuoted || context.isLabel || !context.isColon;
    case 'phone':
      // an address in memory, a size of cells
      return /\d/.test(text) && !/^(?:0x[\da-f]|\(?\d{1,3}\)?$)/i.test(text);
    case 'bank-account':
    case 'passport':
    case 'date-of-birth':
      return /\d/.test(text) || context.isQuoted;
    case 'person':
      return /\p{L}/u.test(text);
    default:
      return true;
  }
}
