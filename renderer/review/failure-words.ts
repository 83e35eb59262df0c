import type { ErrorCode } from '../../contract/errors.ts';

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
        title: 'The server is out of reach',
        advice:
          'Its recordings lie there, encrypted. It is tried again by itself as soon as the server answers; recordings that are open in other windows can be played as far as they were read.',
        isPassing: true,
      };
    case 'recording-unreadable':
      return {
        title: 'Your key does not open this recording',
        advice:
          'Decisions and how long it is kept do not need the key. To see it, ask one of its reviewers to share it with you, or an administrator whose keys it is sealed to.',
        isPassing: false,
      };
    case 'recording-corrupt':
      return {
        title: 'This recording is damaged',
        advice:
          'Tell your administrator, who has the server read it again (“sallyport admin scrub”) and restores it from a backup. Hold it meanwhile, so that it is not deleted.',
        isPassing: false,
      };
    case 'recording-deleted':
      return {
        title: 'This recording was deleted',
        advice: 'Its tombstone is in the list of recordings.',
        isPassing: false,
      };
    case 'not-found':
      return {
        title: 'There is no such recording',
        advice: 'The link may be of another server, or what was imported was removed from this machine.',
        isPassing: false,
      };
    case 'not-allowed':
      return {
        title: 'You may not replay this recording',
        advice: 'Recordings are replayed by reviewers of their target’s groups. Ask an administrator.',
        isPassing: false,
      };
    default:
      return {
        title: 'This recording cannot be opened',
        advice: 'Try again. If it stays so, tell your administrator what stands here.',
        isPassing: true,
      };
  }
}
