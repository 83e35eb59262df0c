import type { LineDetector } from '../line-detector.ts';
import type { StringKind } from '../vt/parser.ts';
import type { Masker } from './masker.ts';

/**
 * What happens to a string sequence. Everything is dropped that is not named here: the terminal does nothing with it, or it does
 * something that a remote host must not do (clipboard, files, images), or it carries text past the screen (base64, tmux).
 *
 * - `masked`: titles, directories, links, notifications, prompt marks: text for people, values in it are masked;
 * - `plain`: colours and their queries, which vim and others ask for: no room for text.
 */
const OSC_RULES: Readonly<Record<string, 'masked' | 'plain'>> = {
  '0': 'masked',
  '1': 'masked',
  '2': 'masked',
  '4': 'plain',
  '7': 'masked',
  '8': 'masked',
  '9': 'masked',
  '10': 'plain',
  '11': 'plain',
  '12': 'plain',
  '104': 'plain',
  '110': 'plain',
  '111': 'plain',
  '112': 'plain',
  '133': 'masked',
  '777': 'masked',
  '1337': 'masked',
};
/** Of iTerm2's sequences only those that say where the shell is. */
const ITERM_ALLOWED = /^(?:CurrentDir|RemoteHost|ShellIntegrationVersion)=/;
/** Numbers of colours, queries, and colours as X11 writes them: no room for a value. */
const COLOUR_PAYLOAD =
  /^(?:(?:^|;)(?:\d{1,3}|\?|rgba?:[\da-f]{1,4}(?:\/[\da-f]{1,4}){2,3}|#[\da-f]{3,12}|(?:(?:dark|light|medium|deep|pale|dim) ?)?(?:black|white|red|green|yellow|blue|magenta|cyan|gr[ae]y|orange|pink|purple|brown|violet|gold|navy|maroon|turquoise|orchid|salmon|khaki|beige|coral|tan)\d{0,2})?)*$/i;
/** DECRQSS for what xterm.js answers; the answers hold no text. */
const STATUS_REQUESTS = new Set(['$q"q', '$q"p', '$qr', '$qm', '$q q']);

/** The string to send, without introducer and terminator; null to drop it. */
export function cleanString(
  kind: StringKind,
  payload: string,
  context: { detector: LineDetector; masker: Masker },
): string | null {
  if (kind === 'dcs') return STATUS_REQUESTS.has(payload) ? payload : null;
  if (kind !== 'osc') return null;
  const separator = payload.indexOf(';');
  const code = separator < 0 ? payload : payload.slice(0, separator);
  const rest = separator < 0 ? '' : payload.slice(separator + 1);
  const rule = OSC_RULES[code];
  if (rule === undefined) return null;
  if (rule === 'plain') return COLOUR_PAYLOAD.test(rest) ? payload : null;
  if (code === '1337' && !ITERM_ALLOWED.test(rest)) return null;
  const masked = maskPayload(rest, context);
  if (masked === rest) return payload;
  // the link is closed where its address cannot be shown
  if (masked === null) return code === '8' ? '8;;' : null;
  return `${code};${masked}`;
}

/** The payload with its values masked; null where a value is in it that cannot be masked in place (percent-encoded). */
function maskPayload(
  text: string,
  { detector, masker }: { detector: LineDetector; masker: Masker },
): string | null {
  const masked = masker.maskText(text, detector.findings(text, true)) ?? text;
  const decoded = percentDecoded(masked);
  if (decoded === masked) return masked;
  const hidden = detector.findings(decoded, true).filter(finding => masker.actionFor(finding) !== 'allow');
  if (hidden.length === 0) return masked;
  masker.maskText(decoded, hidden);
  return null;
}

function percentDecoded(text: string): string {
  if (!text.includes('%')) return text;
  return text.replaceAll(/(?:%[\da-f]{2})+/gi, run => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}
