import { beforeEach, describe, expect, it, vi } from 'vitest';

/** Not by name: it is of another realm, whose types are not this one's. */
const MAIN = new URL('./main.ts', import.meta.url).pathname;

type Listener = (event: object) => void;

describe('the service worker, when a newer one waits', () => {
  let listeners: Map<string, Listener>;
  let told: unknown[];
  const skipWaiting = vi.fn(() => Promise.resolve());
  beforeEach(async () => {
    listeners = new Map();
    told = [];
    skipWaiting.mockClear();
    vi.stubGlobal('self', {
      addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
      registration: {
        scope: 'https://shoal.example/',
        active: {},
        waiting: { postMessage: (message: unknown) => told.push(message) },
      },
      clients: {},
      skipWaiting,
    });
    vi.resetModules();
    await import(/* @vite-ignore */ MAIN);
    return () => vi.unstubAllGlobals();
  });

  const hear = (data: unknown, ports: readonly MessagePort[] = []) =>
    listeners.get('message')?.({ data, ports });

  it('makes way for it when a page says so', () => {
    hear({ type: 'renew' });
    expect(told).toEqual([{ type: 'take-over' }]);
    expect(skipWaiting).not.toHaveBeenCalled();
    hear({ type: 'take-over' });
    expect(skipWaiting).toHaveBeenCalledTimes(1);
  });

  it('does not while something is saved through it', async () => {
    const [engine, page] = [new MessageChannel(), new MessageChannel()];
    hear({ type: 'offer', token: 'a'.repeat(22), name: 'a.txt', size: 1 }, [engine.port1, page.port1]);
    hear({ type: 'renew' });
    expect(told).toEqual([]);
    engine.port2.close();
    await vi.waitUntil(() => {
      hear({ type: 'renew' });
      return told.length > 0;
    });
    page.port2.close();
  });

  it('is not waited for by installing: an older one stays until it makes way', () => {
    const waited: unknown[] = [];
    listeners.get('install')?.({ waitUntil: (work: unknown) => waited.push(work) });
    expect(waited).toHaveLength(1);
    expect(skipWaiting).not.toHaveBeenCalled();
  });
});
