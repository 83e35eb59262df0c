import { z } from 'zod';
import { ReviewerGroupId } from './ids.ts';

/** How recordings of a target are to be reviewed. A recording keeps the terms that stood when its access was asked for. */
export const ReviewTerms = z.strictObject({
  /** distinct reviewers who must each decide "reviewed"; two is four eyes. The operator's own decision never counts. */
  reviewers: z.int().min(1).max(5).default(1),
  /** days after the recording is whole within which it should be reviewed; null sets no date */
  withinDays: z.int().min(1).max(365).nullable().default(null),
  /** whether operators see that somebody watches while their session runs */
  showWatchers: z.boolean().default(true),
  /** whose members' keys recordings are sealed to, and who may list and read them; none: every reviewer */
  groups: z.array(ReviewerGroupId).max(10).default([]),
});
export type ReviewTerms = z.infer<typeof ReviewTerms>;
