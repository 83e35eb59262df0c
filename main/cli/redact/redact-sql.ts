import type { Finding, RedactionPolicy } from '../../../contract/redaction.ts';
import { createLineDetector } from '../../../core/redaction/detect/create-line-detector.ts';
import { effectiveAction } from '../../../core/redaction/policy.ts';
import { createStatementStream } from '../../../core/redaction/sql/statement-stream.ts';
import type { CommandIo, ExitCode } from '../command.ts';
import { EXIT } from '../command.ts';
import { quietBrokenPipe, write } from '../write.ts';
import { inputText } from './input-text.ts';

/** SQL in, the same SQL out with values masked, a statement at a time; ends with 3 behind a statement that the policy blocks. */
export async function redactSql(
  io: CommandIo,
  options: {
    readonly policy: RedactionPolicy;
    readonly tokenOf: (value: string) => string;
    readonly onFinding: (finding: Finding) => void;
  },
): Promise<ExitCode> {
  const { policy, tokenOf, onFinding } = options;
  let isBlocked = false;
  let isGone = false;
  const statements = createStatementStream({
    policy,
    detector: createLineDetector(policy),
    tokenOf,
    onFinding(finding) {
      isBlocked ||= effectiveAction(policy, finding.entity) === 'block';
      onFinding(finding);
    },
  });
  const quiet = quietBrokenPipe(io.stdout, () => {
    isGone = true;
    io.stdin.destroy();
  });
  try {
    for await (const text of inputText(io)) {
      isGone ||= !(await write(io.stdout, statements.feed(text)));
      if (isGone) return EXIT.ok;
      if (isBlocked) return EXIT.refused;
    }
    await write(io.stdout, statements.end());
  } catch (error) {
    if (!isGone) throw error;
  } finally {
    quiet.dispose();
  }
  return isBlocked ? EXIT.refused : EXIT.ok;
}
