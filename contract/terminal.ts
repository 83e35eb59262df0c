/**
 * Rows that the terminal keeps above its screen. The redactor's shadow of the terminal follows the same number: past it, rows that
 * scroll out no longer move a saved cursor.
 */
export const TERMINAL_SCROLLBACK_ROWS = 10_000;
