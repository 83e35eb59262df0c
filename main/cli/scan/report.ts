import type { TextFinding } from '../../../core/redaction/scan-text.ts';

/** What a scan prints on standard output; pieces of one document. Never a value. */
export interface Report {
  begin(): string;
  finding(file: string, found: TextFinding): string;
  /** `problems`: what could not be read, in words. */
  end(outcome: { readonly problems: readonly string[]; readonly isInterrupted: boolean }): string;
}

/** One line for people, in the form that editors and compilers use for places. */
export const textReport: Report = {
  begin: () => '',
  finding(file, { line, column, start, end, entity, rule, score }) {
    return `${file}:${line}:${column}: ${entity} (${end - start} characters, ${rule}, score ${score.toFixed(2)})\n`;
  },
  end: () => '',
};

/** One JSON object a line. */
export const jsonReport: Report = {
  begin: () => '',
  finding(file, found) {
    const { line, column, start, end, entity, rule } = found;
    const score = Number(found.score.toFixed(3));
    return `${JSON.stringify({ file, line, column, start, end, entity, score, rule })}\n`;
  },
  end: () => '',
};
