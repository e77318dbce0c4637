import { MINUTE, SECOND } from '../../src/base/time.ts';
import { encodeMessage } from '../../src/dht/codec.ts';
import { grown, linksMean, provide } from './population.ts';
import type { Row } from './row.ts';

const NODES = 1000;
const WATCHED = 10 * MINUTE;
/** Length, id and the extension's id of the wire's frame. */
const FRAME = 6;
/** The wire's keep-alive on each connection: four bytes every ten seconds each way. */
const KEEP_ALIVE = 0.4;

/** What a node sends and receives in a second, when nobody looks anything up. */
export const idle: Row = {
  key: 'idleBytesPerSecond',
  reach: { idleBytesPerSecond: { atMost: 2048 } },
  measure(seed, scale) {
    const overlay = grown(seed, NODES / scale);
    provide(overlay);
    const counted = { bytes: 0 };
    overlay.network.tap = (_from, _to, message) => (counted.bytes += encodeMessage(message).length + FRAME);
    overlay.network.run(WATCHED);
    const sent = counted.bytes / (WATCHED / SECOND) / overlay.network.nodes.size;
    return {
      idleBytesPerSecond: 2 * (sent + linksMean(overlay) * KEEP_ALIVE),
      linksMean: linksMean(overlay),
    };
  },
};
