import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { blankSnapshot } from '@shoal/shared/host/shareSnapshot.ts';
import type { ShareSnapshot, Snapshot } from '@shoal/shared/host/snapshot.ts';
import { KeepAwake, Movement } from './keepAwake.ts';

function of(open: Partial<ShareSnapshot>, others: Partial<ShareSnapshot>[] = []): Snapshot {
  const settings = { uploadLimit: undefined, relayOnly: false };
  const shares = others.map((other) => ({ ...blankSnapshot, ...other }));
  const view = { ...blankSnapshot, ...open };
  return { shares, removed: [], open: view, settings, relays: false, storage: 'lasting' };
}

describe('Movement', () => {
  it('is seen in what arrives, in what goes out, and in shares that are not open', () => {
    const movement = new Movement();
    expect(movement.observe(of({ id: 'a', done: 5 }))).toBe(false);
    expect(movement.observe(of({ id: 'a', done: 5 }))).toBe(false);
    expect(movement.observe(of({ id: 'a', done: 6 }))).toBe(true);
    expect(movement.observe(of({ id: 'a', done: 6, uploaded: 1 }))).toBe(true);
    expect(movement.observe(of({ id: 'a', done: 6, uploaded: 1 }, [{ id: 'b', done: 1 }]))).toBe(false);
    expect(movement.observe(of({ id: 'a', done: 6, uploaded: 1 }, [{ id: 'b', done: 2 }]))).toBe(true);
  });
});

class Screen extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';
  held = 0;
  asked = 0;

  request(): Promise<{ release: () => Promise<void> }> {
    this.asked++;
    if (this.visibilityState === 'hidden') return Promise.reject(new Error('hidden'));
    this.held++;
    const release = (): Promise<void> => {
      this.held--;
      return Promise.resolve();
    };
    return Promise.resolve({ release });
  }

  turn(state: DocumentVisibilityState): void {
    if (state === 'hidden') this.held = 0;
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

describe('KeepAwake', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function make(): { screen: Screen; awake: KeepAwake } {
    const screen = new Screen();
    return { screen, awake: new KeepAwake({ wakeLock: screen, document: screen }) };
  }

  it('holds one lock while bytes move, and lets go a while after', async () => {
    const { screen, awake } = make();
    for (let i = 0; i < 20; i++) {
      awake.moved();
      await vi.advanceTimersByTimeAsync(10_000);
      expect(screen.held).toBe(1);
    }
    await vi.advanceTimersByTimeAsync(30_000);
    expect(screen.held).toBe(0);
  });

  it('takes the lock again when the page is shown again', async () => {
    const { screen, awake } = make();
    awake.moved();
    await vi.advanceTimersByTimeAsync(0);
    screen.turn('hidden');
    screen.turn('visible');
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.held).toBe(1);
  });

  it('asks for nothing when nothing moves', async () => {
    const { screen } = make();
    screen.turn('hidden');
    screen.turn('visible');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(screen.asked).toBe(0);
  });

  it('lives without a lock', async () => {
    const screen = new Screen();
    new KeepAwake({ wakeLock: undefined, document: screen }).moved();
    const { screen: hidden, awake } = make();
    hidden.turn('hidden');
    awake.moved();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hidden.held).toBe(0);
  });
});
