import type { Why } from '../../core/redaction/reason-words.ts';
import { ruleKey } from '../../core/redaction/reason-words.ts';
import { t } from '../texts/t.ts';

/** One line for "why was this masked?": `by its form (local part, @ and domain), 95% sure`; the evidence is the redactor's own words. */
export function reasonWords({ rule, score, evidence = [] }: Why): string {
  const percent = Math.round(Math.min(1, Math.max(0, score)) * 100);
  const by = byWords(rule);
  return evidence.length === 0
    ? t.reasons.by(by, percent)
    : t.reasons.because(by, evidence.join('; '), percent);
}

function byWords(rule: string): string {
  const key = ruleKey(rule);
  if ('rule' in key) return t.maskRules[key.rule];
  return 'method' in key ? t.maskMethods[key.method] : t.reasons.ruleFor(key.name);
}
