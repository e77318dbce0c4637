import { describe, expect, it } from 'vitest';
import { poisoner } from '../rivals/poisoner.ts';
import { amongHonest, LENGTH, reasons } from './amongHonest.ts';

/** Row 1. That no false byte is stored or given away is what the referee watches. */
describe.each(['always', 'sometimes'] as const)(
  'three who have everything and %s give false bytes',
  (kind) => {
    const { honest, rivals } = amongHonest({ seed: 1, rival: poisoner(kind), has: 'all' });
    const [, ...leechers] = honest;

    it('are banned by all to whom they gave any, and nobody else is', () => {
      for (const peer of leechers) {
        expect(new Set(reasons(peer, rivals))).toEqual(new Set(['poisoned, banned']));
        expect(reasons(peer, honest)).toEqual([]);
      }
    });

    it('cost a piece or two each before that, in the mean', () => {
      const wasted = leechers.reduce((sum, peer) => sum + peer.downloaded - LENGTH, 0);
      expect(wasted / leechers.length).toBeLessThan(2 * rivals.length * 64 * 1024);
    });
  },
);

describe('three who fetch like everybody and sometimes give false bytes', () => {
  const { honest, rivals } = amongHonest({ seed: 1, rival: poisoner('sometimes'), has: 'nothing' });

  it('are banned, however the pieces were mixed, and nobody else is', () => {
    expect(honest.flatMap((peer) => reasons(peer, rivals))).toContain('poisoned, banned');
    for (const peer of honest) {
      expect(reasons(peer, rivals).filter((reason) => reason !== 'poisoned, banned')).toEqual([]);
      expect(reasons(peer, honest)).toEqual([]);
    }
  });
});
