/** A member of an object, or an element: `self.password`, `process.env.TOKEN`, `String.Escape`, `header[1]`. */
const MEMBER = /^[A-Za-z_$][A-Za-z_$]*(?:\.[A-Za-z_$]+)+[,;:)]{0,3}(?: (?:if|or|and|\|\||&&|\?\?) .*)?$/;
/** A variable that another is set to: `cacheToken = currentToken;`. */
const VARIABLE = /^!{0,2}[A-Za-z_$]+(?:\.[A-Za-z_$]+)*;$/;
const ELEMENT = /^[A-Za-z_$][A-Za-z_$.]*\[[\w:'"-]{0,40}\]?[,;)]{0,2}$/;
/** Roots and leaves that only a program has: what a password with a full stop in it does not look like. */
const PROGRAM_ROOT =
  /^(?:self|this|cls|process|os|env|req|request|res|ctx|context|config|settings|options|opts|args|params|props|state|data|app)[.[]/;
const SECRET_LEAF = /\.(?:password|passwd|secret|token|passphrase|key|cookie)[,;:)]{0,3}$/i;
/** A type, also with a default: `typing.Optional[bytes],`, `str = None,`. */
const ANNOTATION =
  /^(?:(?:typing\.)?(?:Optional|Union|List|Dict|Callable|Annotated)\[.{0,80}|(?:str|bytes|bool|int|float|string|buffer|any) ?(?:=|\|).{0,40}|(?:str|bytes)\) ?->.{0,40})$/;
const NOTHING = /^(?:none|null|nil|undefined|\.{2,4}|…)[,;:)\]}]{0,4}$/i;
/** Three words in a row: what a ChangeLog, a commit or a manual says about a key. */
const PROSE = /^[A-Z]?[a-z]+[a-z'-]* [\w'-]+ [\w'-]+/;

/** Whether an unquoted value is a program's own text or a remark rather than a secret. `isKey`: the key names a token, not a password. */
export function isSourceText(text: string, isKey: boolean): boolean {
  if (text.length > 300) return false;
  if (NOTHING.test(text) || ANNOTATION.test(text) || (isKey && VARIABLE.test(text))) return true;
  if (
    (MEMBER.test(text) || ELEMENT.test(text)) &&
    (isKey || PROGRAM_ROOT.test(text) || SECRET_LEAF.test(text))
  )
    return true;
  return isKey && PROSE.test(text) && !/\d/.test(text);
}
