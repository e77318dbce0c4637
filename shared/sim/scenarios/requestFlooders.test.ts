import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { requestFlooder } from '../rivals/requestFlooder.ts';
import { amongHonest, reasons } from './amongHonest.ts';

/** More than a peer of ours queues, and refuses in patience. */
const TIMES = 3000;

/** Row 7. That each request is answered once is what the referee watches. */
describe('two who make each request thousands of times', () => {
  const { honest, rivals, took } = amongHonest({
    seed: 1,
    rival: requestFlooder(TIMES),
    has: 'nothing',
    rivals: 2,
  });

  it('are sent away by all they flood, and by nobody for anything else', () => {
    const all = honest.flatMap((peer) => reasons(peer, rivals));
    expect(all).toContain('request-flood');
    // A dial may come to nothing: they are told of by those who have not sent them away yet.
    const blame = all.filter((reason) => reason !== 'replaced' && reason !== 'timed-out');
    expect(new Set(blame)).toEqual(new Set(['request-flood']));
  });

  it('hardly delay anybody', () => {
    expect(took).toBeLessThan(75 * SECOND);
  });
});
