import type { Finding } from '../../../contract/redaction.ts';
import type { Hit } from './detector.ts';

/**
 * Turns overlapping claims into findings: sorted, disjoint, covering everything that any claim covers. The strongest claim of a
 * cluster gives it its name; a claim that holds all the others of its cluster wins over what is inside it.
 */
export function resolve(hits: readonly Hit[]): readonly Finding[] {
  const sorted = [...hits].sort((a, b) => a.start - b.start || b.end - a.end || b.score - a.score);
  const findings: Finding[] = [];
  let cluster: Hit | null = null;
  let end = 0;
  for (const hit of sorted) {
    if (cluster !== null && hit.start < end) {
      const holdsAll: boolean = cluster.end >= hit.end && cluster.end - cluster.start > hit.end - hit.start;
      const name: Hit = holdsAll || cluster.score >= hit.score ? cluster : hit;
      end = Math.max(end, hit.end);
      cluster = { ...name, start: cluster.start, end };
      continue;
    }
    if (cluster !== null) findings.push(cluster);
    cluster = hit;
    end = hit.end;
  }
  if (cluster !== null) findings.push(cluster);
  return findings;
}
