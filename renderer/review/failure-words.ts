import type { ErrorCode } from '../../contract/errors.ts';
import { t } from '../texts/t.ts';

export interface FailureWords {
  readonly title: string;
  /** what a person can do about it */
  readonly advice: string;
  /** whether asking again may help without anybody doing anything else */
  readonly isPassing: boolean;
}

/** Why a recording cannot be opened, by the permanent code of its failure; the message that comes with the code says it in detail. */
export function failureWords(code: ErrorCode | null): FailureWords {
  switch (code) {
    case 'server-unreachable':
      return {
        title: t.review.unreachable,
        advice: t.review.unreachableAdvice,
        isPassing: true,
      };
    case 'recording-unreadable':
      return {
        title: t.review.unreadable,
        advice: t.review.unreadableAdvice,
        isPassing: false,
      };
    case 'recording-corrupt':
      return {
        title: t.review.damaged,
        advice: t.review.damagedAdvice,
        isPassing: false,
      };
    case 'recording-deleted':
      return {
        title: t.review.deleted,
        advice: t.review.deletedAdvice,
        isPassing: false,
      };
    case 'not-found':
      return {
        title: t.review.notFound,
        advice: t.review.notFoundAdvice,
        isPassing: false,
      };
    case 'not-allowed':
      return {
        title: t.review.notAllowed,
        advice: t.review.notAllowedAdvice,
        isPassing: false,
      };
    default:
      return {
        title: t.review.cannotOpen,
        advice: t.review.cannotOpenAdvice,
        isPassing: true,
      };
  }
}
