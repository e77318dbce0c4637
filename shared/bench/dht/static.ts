import type { Reach } from '../swarm/finding.ts';
import { figuresOf, grown, linksMean, LOOKUPS, provide } from './population.ts';
import type { Row } from './row.ts';

/** Nobody comes and nobody goes. */
export function staticRow(nodes: number, reach: Readonly<Record<string, Reach>>): Row {
  return {
    key: `static${nodes}`,
    reach: { meanHops: { atMost: Math.log2(nodes) / 2 + 1 }, ...reach },
    measure(seed, scale) {
      const overlay = grown(seed, nodes / scale);
      provide(overlay);
      const findings = overlay.lookUps(LOOKUPS / scale, nodes / scale / 10);
      return { ...figuresOf(findings), linksMean: linksMean(overlay), lookups: findings.length };
    },
  };
}
