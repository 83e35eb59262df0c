import type { Finding } from '../../contract/redaction.ts';
import { MAX_EVIDENCE, MAX_EVIDENCE_LENGTH } from '../../contract/redaction.ts';

/** Nearly every entry is one of our own words: the two replacements need not look at it. */
const MAY_HOLD_VALUE = /\d{4}|@/;

/**
 * The evidence of a finding as it may leave the session host: at most six entries of 120 characters. A name that the remote host chose
 * (a column, a key) stands in some of them; what looks like a value in it (four digits, an address) is replaced, whatever the detectors say.
 */
export function evidenceOf(finding: Pick<Finding, 'evidence'>): string[] {
  return finding.evidence.slice(0, MAX_EVIDENCE).map(entry => {
    const short = entry.length > MAX_EVIDENCE_LENGTH ? `${entry.slice(0, MAX_EVIDENCE_LENGTH - 1)}…` : entry;
    if (!MAY_HOLD_VALUE.test(short)) return short;
    return short
      .replace(/\d{4,}/g, digits => '*'.repeat(digits.length))
      .replace(/[^\s"]{1,64}@[^\s"]+/g, address => '•'.repeat(address.length));
  });
}
