import type { LineDetector } from '../line-detector.ts';
import { placeWithin, MAX_RULE_WIDTH, ruleOf, stitched, TableHead } from './table-head.ts';
import type { HeadLines } from './table-head.ts';

/** A pager shows one table at a time, in views that do not always overlap; older ones are forgotten. */
const MAX_HEADS = 4;

/** The heads of tables that were on a screen, the newest first. They stay known when a pager has painted over them. */
export class TableHeads {
  readonly #fresh: LineDetector;
  #heads: readonly TableHead[] = [];
  /** Counts the changes. */
  version = 0;

  constructor(fresh: LineDetector) {
    this.#fresh = fresh;
  }

  /** Those with hidden columns. */
  get personal(): readonly TableHead[] {
    return this.#heads.filter(head => head.isPersonal);
  }

  get isEmpty(): boolean {
    return this.#heads.length === 0;
  }

  /** A line of the screen with the one above it. `cols` is the width of the screen. */
  note(above: string, line: string, cols: number): void {
    const rule = ruleOf(line);
    if (rule === null || rule.text.length > MAX_RULE_WIDTH) return;
    // of the last column a pager shows no border
    if (!rule.text.includes('+') && !this.#heads.some(head => head.lines.isCut)) return;
    const isBoxed = rule.text.startsWith('+') && rule.text.endsWith('+');
    const header = rule.isMarked && above.endsWith('>') ? above.slice(0, -1) : above;
    const isRest = this.#heads.some(head => head.lines.isCut && head.isPersonal);
    if ((header.trim() === '' && !isRest) || ruleOf(above) !== null) return;
    const isCut = rule.isMarked || (line.length === cols && !isBoxed);
    const view = { header, rule: rule.text, isCut, isCutLeft: false, isShifted: isCut };
    for (const head of this.#heads) {
      const place = placeWithin(view, head.lines);
      // a pager wraps at the width of the screen; what begins elsewhere was shifted sideways
      if (place % cols > 0 && !head.lines.isShifted) {
        this.version++;
        return this.#keep({ ...head.lines, isShifted: true }, head);
      }
      if (place >= 0) return;
      // a pager that scrolls back puts the last part of a wrapped header above the first part of its rule
      if (head.lines.rule.includes(rule.text) && head.holds(above)) return;
    }
    // under its rows a box has a rule as well
    const isBottom = isBoxed && this.#heads.some(head => head.lines.rule === rule.text);
    if (!isBottom) this.#add(view);
  }

  #add(view: HeadLines): void {
    this.version++;
    for (const head of this.#heads) {
      const whole = stitched(head.lines, view) ?? stitched(view, head.lines);
      if (whole !== null) return this.#keep(whole, head);
    }
    // beside a table that goes on past the margin it may be the rest of it
    const cut = this.#heads.filter(head => head.lines.isCut);
    const isRestOfPersonal = cut.some(head => head.isPersonal);
    const rest = { ...view, isCutLeft: true, isShifted: true, isRestOfPersonal };
    this.#keep(cut.length > 0 ? rest : view, null);
  }

  #keep(lines: HeadLines, instead: TableHead | null): void {
    const others = this.#heads.filter(head => head !== instead);
    this.#heads = [new TableHead(lines, this.#fresh), ...others].slice(0, MAX_HEADS);
  }
}
