import { METHOD_WORDS, RULE_WORDS } from '../../../core/redaction/reason-words.ts';

/** Why a value was masked. */
export const reasons = {
  by: (what: string, percent: number) => `by ${what}, ${percent}% sure`,
  because: (what: string, evidence: string, percent: number) => `by ${what} (${evidence}), ${percent}% sure`,
  ruleFor: (name: string) => `the rule for ${name}`,
};

/** What rules go by, as commands say it. */
export const maskMethods: Readonly<Record<keyof typeof METHOD_WORDS, string>> = METHOD_WORDS;
export const maskRules: Readonly<Record<keyof typeof RULE_WORDS, string>> = RULE_WORDS;
