import type { ShareState, Snapshot } from '@shoal/shared/host/snapshot.ts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isAtRest, Renewal } from './renewal.ts';

const SCRIPT = 'https://shoal.example/assets/index-one.js';
const NEWER = 'https://shoal.example/assets/index-two.js';

describe('renewal', () => {
  let kept: readonly (readonly string[])[];
  let told: string[];
  let takeOver: () => void;
  beforeEach(() => {
    vi.useFakeTimers();
    kept = [[SCRIPT]];
    told = [];
    return () => vi.useRealTimers();
  });

  const renewal = () =>
    new Renewal({
      caches: () => ({
        keys: () => Promise.resolve(['of somebody else', ...kept.map((_, place) => `shoal-page-${place}`)]),
        open: (name) =>
          Promise.resolve({
            match: (url: string) =>
              Promise.resolve(kept[Number(name.at(-1))]?.includes(url) ? {} : undefined),
          } as unknown as Cache),
      }),
      script: SCRIPT,
      ready: () => told.push('ready'),
      onTakeOver: (then) => (takeOver = then),
      reload: () => told.push('reload'),
    });

  class Registration extends EventTarget {
    waiting: object | null = null;
    installing: EventTarget | null = null;
    updates = 0;
    readonly active = { postMessage: (message: unknown) => told.push(JSON.stringify(message)) };
    update = () => {
      this.updates++;
      return Promise.reject(new TypeError('the server is gone'));
    };

    install(): void {
      this.installing = new EventTarget();
      this.dispatchEvent(new Event('updatefound'));
      this.waiting = {};
      this.installing.dispatchEvent(new Event('statechange'));
    }

    get real(): ServiceWorkerRegistration {
      return this as unknown as ServiceWorkerRegistration;
    }
  }
  const RENEW = '{"type":"renew"}';

  it('says once that a newer version is there, and uses it when asked to', async () => {
    const registration = new Registration();
    const watched = renewal();
    watched.watch(registration.real);
    kept = [[SCRIPT], [NEWER]];
    registration.install();
    registration.install();
    await vi.waitFor(() => expect(told).toEqual(['ready']));
    expect(watched.isReady).toBe(true);
    watched.use();
    expect(told).toEqual(['ready', RENEW]);
    takeOver();
    await vi.advanceTimersByTimeAsync(3000);
    expect(told).toEqual(['ready', RENEW, 'reload']);
  });

  it('reloads all the same when the service worker before it does not make way', async () => {
    const watched = renewal();
    watched.watch(new Registration().real);
    watched.use();
    await vi.advanceTimersByTimeAsync(3000);
    expect(told).toEqual([RENEW, 'reload']);
  });

  it('stays when something has begun meanwhile, and goes the next time', async () => {
    const watched = renewal();
    watched.watch(new Registration().real);
    let resting = false;
    watched.use(() => resting);
    takeOver();
    watched.use(() => resting);
    await vi.advanceTimersByTimeAsync(3000);
    expect(told).toEqual([RENEW, RENEW]);
    resting = true;
    watched.use(() => resting);
    await vi.advanceTimersByTimeAsync(3000);
    expect(told).toEqual([RENEW, RENEW, RENEW, 'reload']);
  });

  it('says nothing when the page is the newest already, and lets its service worker take over', async () => {
    const registration = new Registration();
    registration.waiting = {};
    kept = [[NEWER], [SCRIPT]];
    const watched = renewal();
    watched.watch(registration.real);
    await vi.waitFor(() => expect(told).toEqual([RENEW]));
    expect(watched.isReady).toBe(false);
  });

  it('looks for one every hour, also when the server is gone', async () => {
    const registration = new Registration();
    renewal().watch(registration.real);
    await vi.advanceTimersByTimeAsync(3 * 3_600_000);
    expect([registration.updates, told]).toEqual([3, []]);
  });
});

describe('at rest', () => {
  const shares = (...states: ShareState[]) =>
    ({ shares: states.map((state) => ({ state })), removed: [] }) as unknown as Snapshot;

  it.each<[boolean, Snapshot, boolean]>([
    [true, shares(), false],
    [true, shares('paused', 'error', 'ready'), false],
    [false, shares(), true],
    [false, shares('paused', 'downloading'), false],
    [false, shares('sharing'), false],
    [false, shares('preparing'), false],
    [false, shares('complete'), false],
    [false, { ...shares(), removed: [{ id: 'a', title: '' }] }, false],
  ])('%s', (expected, snapshot, saving) => {
    expect(isAtRest(snapshot, saving)).toBe(expected);
  });
});
