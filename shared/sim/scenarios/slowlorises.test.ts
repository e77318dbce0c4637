import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { slowloris } from '../rivals/slowloris.ts';
import { amongHonest, LENGTH, snubbing } from './amongHonest.ts';

/** Row 12. */
describe('three who take every request and answer one block a minute', () => {
  const { honest, rivals, took } = amongHonest({ seed: 1, rival: slowloris, has: 'all' });
  const [, ...leechers] = honest;

  it('are found out, and what they were asked for is fetched elsewhere in time', () => {
    const foundOut = leechers.flatMap((peer) => snubbing(peer, rivals));
    // With each answer one of them is believed again, until the next request times out.
    expect(foundOut.length).toBeGreaterThan((leechers.length * rivals.length) / 2);
    for (const peer of leechers) expect(snubbing(peer, honest)).toEqual([]);
    expect(took).toBeLessThan(120 * SECOND);
  });

  it('cost next to no bytes', () => {
    const downloaded = leechers.reduce((sum, peer) => sum + peer.downloaded, 0);
    expect(downloaded).toBeLessThan(1.02 * LENGTH * leechers.length);
  });
});
