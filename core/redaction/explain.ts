import type { Finding, RedactionAction, RedactionPolicy } from '../../contract/redaction.ts';
import { createLineDetector } from './detect/create-line-detector.ts';
import { evidenceOf } from './evidence.ts';
import { maskOf } from './mask.ts';
import { effectiveAction } from './policy.ts';
import type { TextFinding } from './scan-text.ts';
import { createTextScanner } from './scan-text.ts';

/** What a policy does with one value of a text; never the value, but for what `partial` shows of it. Places as in `TextFinding`. */
export interface Explanation {
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
  readonly entity: Finding['entity'];
  readonly action: RedactionAction;
  readonly rule: string;
  readonly score: number;
  readonly evidence: readonly string[];
  /** What a terminal would show; null where the value itself is shown. */
  readonly shown: string | null;
}

export interface Explainer {
  feed(text: string): readonly Explanation[];
  end(): readonly Explanation[];
}

/**
 * A dry run of a policy over text. Told are also the values that are found and shown: by an entity that the policy allows, or by its
 * allow lists.
 */
export function createExplainer(
  policy: RedactionPolicy,
  tokenOf: ((value: string) => string) | null,
): Explainer {
  const show = ({ entity }: Finding, value: string): string => {
    const codePoints = Array.from(value, character => character.codePointAt(0) ?? 0);
    const mask = maskOf({ entity, action: effectiveAction(policy, entity), codePoints, tokenOf });
    return codePoints.map((cp, i) => String.fromCodePoint(mask.glyphs[i] || cp)).join('');
  };
  const hiding = createTextScanner({ detector: createLineDetector(policy), show });
  const finding = createTextScanner({ detector: createLineDetector(allHidden(policy)) });
  const explain = (hidden: readonly TextFinding[], found: readonly TextFinding[]): Explanation[] => {
    const all = [
      ...hidden.map(each => ({ ...each, action: effectiveAction(policy, each.entity) })),
      ...withoutOverlaps(found, hidden).map(each => ({ ...each, action: 'allow' as const })),
    ];
    return all
      .sort((a, b) => a.start - b.start)
      .map(({ line, column, start, end, entity, action, rule, score, evidence, shown = null }) => ({
        line,
        column,
        start,
        end,
        entity,
        action,
        rule,
        score: Number(score.toFixed(3)),
        evidence: evidenceOf({ evidence }),
        shown,
      }));
  };
  return {
    feed: text => explain(hiding.feed(text), finding.feed(text)),
    end: () => explain(hiding.end(), finding.end()),
  };
}

function allHidden(policy: RedactionPolicy): RedactionPolicy {
  return {
    ...policy,
    default: 'mask',
    entities: {},
    allowValues: [],
    allowEmailDomains: [],
    allowNetworks: [],
    allowPatterns: [],
  };
}

/** Both sorted by start. */
function withoutOverlaps(found: readonly TextFinding[], hidden: readonly TextFinding[]): TextFinding[] {
  let next = 0;
  return found.filter(({ start, end }) => {
    while (next < hidden.length && (hidden[next]?.end ?? 0) <= start) next++;
    const other = hidden[next];
    return other === undefined || other.start >= end;
  });
}
