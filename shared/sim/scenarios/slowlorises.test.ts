import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { slowloris } from '../rivals/slowloris.ts';
import { amongHonest, LENGTH, snubbing } from './amongHonest.ts';

/** Row 12. */
describe('three who take every request and answer one block a minute', () => {
  const { honest, rivals, took } = amongHonest({ seed: 1, rival: slowloris, has: 'all' });
  const [, ...leechers] = honest;

  it('are found out, and what they were asked for is fetched elsewhere in time', () => {
    for (const peer of leechers) expect(snubbing(peer, rivals).length).toBeGreaterThan(0);
    for (const peer of leechers) expect(snubbing(peer, honest)).toEqual([]);
    expect(took).toBeLessThan(120 * SECOND);
  });

  it('cost next to no bytes', () => {
    for (const peer of leechers) expect(peer.downloaded).toBeLessThan(1.05 * LENGTH);
  });
});
