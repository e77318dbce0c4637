import type { Case } from '../finding.ts';
import { identity } from './swarmCase.ts';

const PEERS = 1000;
const PIECES = 1000;

/** What one large run costs: its time and memory differ from one measurement to the next, unlike all else. */
export const simulator: Case = {
  key: 'simulator',
  async measure(bench) {
    const peers = bench.scaled(PEERS);
    const pieces = bench.scaled(PIECES);
    const { pieceLength } = bench.setting();
    const record = await bench.swarm(bench.setting({ leechers: peers, length: pieces * pieceLength }), 1);
    const { wallSeconds, peakMiB } = record.cost;
    const eventsPerSecond = record.events / wallSeconds;
    return {
      rows: [
        { name: 'simulator.events', value: record.events },
        { name: 'simulator.eventsPerSecond', value: eventsPerSecond },
        { name: 'simulator.wallSeconds', value: wallSeconds, reach: { atMost: 300 } },
        { name: 'simulator.peakMiB', value: peakMiB, reach: { atMost: 2048 } },
      ],
      json: { peers, pieces, eventsPerSecond, wallSeconds, peakMiB, ...identity(1, record) },
    };
  },
};
