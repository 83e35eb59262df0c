import type { DecisionInput } from '../../contract/server-api.ts';
import { durationWords } from '../app/duration-words.ts';
import { readDuration } from '../launcher/duration-input.ts';
import { t } from '../texts/t.ts';

export interface Asked {
  readonly durationS: number;
  readonly readOnly: boolean;
}

/** What an approver typed to make less of a request; an empty duration leaves it as asked. */
export interface Narrowing {
  readonly duration: string;
  readonly readOnly: boolean;
}

export type ApprovalReading =
  | { readonly ok: true; readonly decision: DecisionInput; readonly words: string }
  | { readonly ok: false; readonly message: string };

/** Turns an approval with its narrowing into a decision: never longer and never wider than what was asked. */
export function readApproval(asked: Asked, narrowing: Narrowing, note: string): ApprovalReading {
  const text = narrowing.duration.trim();
  const reading =
    text === '' ? ({ ok: true, seconds: asked.durationS } as const) : readDuration(text, asked.durationS);
  if (!reading.ok) return reading;
  const isShorter = reading.seconds < asked.durationS;
  const length = durationWords(reading.seconds * 1000);
  const isNarrowedToRead = narrowing.readOnly && !asked.readOnly;
  return {
    ok: true,
    words: narrowing.readOnly || asked.readOnly ? t.approvals.withReadOnly(length) : length,
    decision: {
      decision: 'approve',
      ...noteOf(note),
      ...(isShorter ? { durationS: reading.seconds } : {}),
      ...(isNarrowedToRead ? { readOnly: true } : {}),
    },
  };
}

export function denial(note: string): DecisionInput {
  return { decision: 'deny', ...noteOf(note) };
}

function noteOf(note: string): { note?: string } {
  return note.trim() === '' ? {} : { note: note.trim() };
}
