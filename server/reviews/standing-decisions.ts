import { sql } from 'kysely';

/**
 * For a query of `recordings`: no flag or follow-up of the recording stands, as `reviewFacts` reads its decisions. In SQL, so that a sweep can pass over those
 * that stay however many they are.
 */
export const nothingStands = sql<boolean>`NOT EXISTS (
  SELECT 1 FROM review_decisions AS raised
  WHERE raised.session_id = recordings.session_id AND raised.decision IN ('flagged', 'follow-up')
    AND NOT EXISTS (
      SELECT 1 FROM review_decisions AS settling
      WHERE settling.session_id = raised.session_id AND settling.sequence > raised.sequence
        AND (settling.settles = raised.id OR (raised.decision = 'follow-up' AND settling.decision = 'reviewed'
          AND settling.account_id = raised.account_id))))`;
