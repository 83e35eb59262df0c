import type { GrantScope } from '../../../contract/grant.ts';
import { postgresRefusal } from '../../../core/scope/postgres-scope.ts';
import { REFUSED } from '../../../core/scope/refusals.ts';

/** Why a text must not be sent, in words, or null where it may. */
export type StatementGate = (sql: string) => string | null;

/** A longer statement is not read, but refused: reading takes memory and time in proportion to it. */
const MAX_CHARACTERS = 256 * 1024;

/** Judges statements by PostgreSQL's own grammar (libpg_query 18, WebAssembly). */
export async function createPostgresGate(scope: GrantScope): Promise<StatementGate> {
  // Here, not at the start: most sessions have no scope to hold.
  const { hasSqlDetails, loadModule, parseSync } = await import('libpg-query');
  await loadModule();
  return sql => {
    if (sql.length > MAX_CHARACTERS) return REFUSED.unreadable('it is too long');
    // The parser refuses an empty text; a server answers it with nothing.
    if (/^[\s;]*$/.test(sql)) return null;
    if (sql.includes('\uFFFD')) return REFUSED.unreadable('it is not UTF-8');
    try {
      const bytes = Buffer.from(sql);
      return postgresRefusal(parseSync(sql), scope, (start, length) =>
        bytes.toString('utf8', start, length === null ? bytes.length : start + length),
      );
    } catch (error) {
      return REFUSED.unreadable(hasSqlDetails(error) ? error.message : 'the parser failed');
    }
  };
}
