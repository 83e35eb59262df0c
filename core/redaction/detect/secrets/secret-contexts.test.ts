import { describe, expect, it } from 'vitest';
import { HARMLESS_SECRETS, NAMED_SECRETS } from '../../../../test/fixtures/redaction/secret-contexts.ts';
import { fillTemplate, seededPick } from '../../../../test/fixtures/redaction/secret-vectors.ts';
import { unmark } from '../../../../test/fixtures/redaction/values.ts';
import { DEFAULT_POLICY } from '../../policy.ts';
import { createLineDetector } from '../create-line-detector.ts';

const strict = createLineDetector(DEFAULT_POLICY);
const pick = seededPick(21);
const SECRETS = NAMED_SECRETS.map(template => ({ template, ...unmark(fillTemplate(template, pick)) }));

describe('secrets that their surroundings name', () => {
  it.each(SECRETS)('are found in $template', ({ line, start, end }) => {
    const findings = strict.fork().findings(line, true);
    expect(
      findings.some(each => each.start <= start && each.end >= end && /password|api-key/.test(each.entity)),
      `${line} ${JSON.stringify(findings)}`,
    ).toBe(true);
  });

  // A password in front of the program that reads it, and a statement that only its last word names, are known late.
  it.each(SECRETS.filter(({ template }) => !/^echo |requirepass/.test(template)))(
    'are covered at every length of $template',
    ({ line, start, end }) => {
      const detector = strict.fork();
      for (let length = start + 1; length <= end; length++) {
        const prefix = line.slice(0, length);
        const spans = detector.findings(prefix, false).map(each => ({ start: each.start, end: each.end }));
        const open = detector.openCandidate(prefix);
        if (open !== null) spans.push({ start: open.start, end: length });
        let bare = '';
        for (let i = start; i < length; i++)
          if (!spans.some(span => span.start <= i && span.end > i)) bare += prefix.charAt(i);
        expect(bare.replace(/[^\p{L}\p{N}]/gu, '').length, prefix).toBeLessThan(4);
      }
    },
  );

  it.each(HARMLESS_SECRETS.map(line => [line]))('are not seen in: %s', line => {
    const findings = strict
      .fork()
      .findings(line, true)
      .filter(each => /password|api-key|private-key|jwt/.test(each.entity));
    expect(findings).toEqual([]);
  });
});
