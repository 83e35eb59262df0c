import type { OpenedComment } from '../../../contract/recording-review.ts';
import type { MarkGroup } from '../marks.ts';

/** The marks of a recording with its comments among them, by time. */
export function withComments(groups: readonly MarkGroup[], comments: readonly OpenedComment[]): MarkGroup[] {
  const marks = comments.flatMap(({ by, momentMs, text }): MarkGroup[] =>
    text === null
      ? []
      : [
          {
            atMs: momentMs,
            kind: 'comment',
            entity: null,
            count: 1,
            text: `${by.name}: ${text}`,
            reasons: [],
          },
        ],
  );
  return [...groups, ...marks].sort((a, b) => a.atMs - b.atMs);
}
