import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { bitfieldLiar } from '../rivals/bitfieldLiar.ts';
import { amongHonest, reasons, snubbing } from './amongHonest.ts';

/** Row 3. */
describe('three who claim everything and do not answer', () => {
  const { honest, rivals, took } = amongHonest({ seed: 2, rival: bitfieldLiar('silent'), has: 'nothing' });
  const [, ...leechers] = honest;

  it('are found out, and delay the others by a time-out or two', () => {
    for (const peer of leechers) expect(snubbing(peer, rivals).length).toBeGreaterThan(0);
    for (const peer of leechers) expect(snubbing(peer, honest)).toEqual([]);
    expect(took).toBeLessThan(90 * SECOND);
  });
});

describe('three who claim everything and reject what they are asked for', () => {
  const { honest, rivals, took } = amongHonest({ seed: 2, rival: bitfieldLiar('rejects'), has: 'nothing' });

  it('are not asked again and again, and hardly delay anybody', () => {
    for (const rival of rivals) expect(reasons(rival, honest)).toEqual([]);
    expect(took).toBeLessThan(60 * SECOND);
  });
});
