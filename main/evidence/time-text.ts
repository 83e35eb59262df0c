/** A time of a file that anybody may have written, milliseconds since 1970, in ISO 8601; in words where no calendar has it. */
export function timeText(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? 'a time that no calendar has' : date.toISOString();
}
