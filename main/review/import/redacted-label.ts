import type { RedactionPolicy } from '../../../contract/redaction.ts';
import { MAX_COLS } from '../../../contract/data-plane.ts';
import { createLineDetector } from '../../../core/redaction/detect/create-line-detector.ts';
import { createRedactor } from '../../../core/redaction/stream/create-redactor.ts';

/** What a marker may hold (contract/recording.ts). */
const MAX_LABEL_CHARS = 900;

/** One line of text with its values masked, without any control sequence. */
export function redactedLabel(
  text: string,
  policy: RedactionPolicy,
  tokenOf: (value: string) => string,
): string {
  const line = withoutControls(text).slice(0, MAX_LABEL_CHARS);
  const redactor = createRedactor({
    cols: MAX_COLS,
    rows: 4,
    policy,
    detector: createLineDetector(policy),
    tokenOf,
    onMask: () => undefined,
    onBlock: () => undefined,
  });
  const pieces = [redactor.write(new TextEncoder().encode(`${line}\r\n`)).slice(), redactor.end()];
  return withoutControls(pieces.map(piece => new TextDecoder().decode(piece)).join('')).trim();
}

function withoutControls(text: string): string {
  return text.replace(/\u001b\[[0-9;:?]*[ -/]*[@-~]/g, '').replace(/\p{Cc}+/gu, ' ');
}
