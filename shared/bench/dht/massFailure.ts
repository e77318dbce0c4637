import { shuffle } from '../../src/base/random.ts';
import { MINUTE } from '../../src/base/time.ts';
import { figuresOf, grown, LOOKUPS, provide } from './population.ts';
import type { Row } from './row.ts';

const NODES = 1000;
/** Look-ups a second of those who are left: all of them before anybody has noticed the silence. */
const AT_ONCE = 400;

/** Half of all vanish at once, without a word. */
export const massFailure: Row = {
  key: 'massFailure',
  reach: { successAtOnce: { atLeast: 0.95 }, success: { atLeast: 0.99 } },
  measure(seed, scale) {
    const overlay = grown(seed, NODES / scale);
    provide(overlay);
    const { world } = overlay.network;
    for (const node of shuffle(world.random, overlay.nodes).slice(NODES / scale / 2)) node.vanish();
    const atOnce = figuresOf(overlay.lookUps(LOOKUPS / scale, AT_ONCE / scale));
    overlay.network.run(10 * MINUTE);
    const findings = overlay.lookUps(LOOKUPS / scale, NODES / scale / 10);
    return {
      successAtOnce: atOnce.success,
      p95MsAtOnce: atOnce.p95Ms,
      ...figuresOf(findings),
      lookups: findings.length,
    };
  },
};
