import { secureRandom } from '@shoal/shared/platform/secureRandom.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SaveDemand, SaveOffer, SaveProgress, SaveReport } from '../serviceWorker/saveMessage.ts';
import { memorySaver } from './memorySaver.ts';
import { registerSaver } from './registerSaver.ts';
import { trustScripts } from '../engine/trustedTypes.ts';

const SCOPE = 'https://shoal.example/';
const ports: MessagePort[] = [];
const body: { src?: string }[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearInterval'] });
  vi.stubGlobal('document', {
    createElement: (name: string) => ({ name, click: vi.fn(), remove: vi.fn() }),
    body: { append: (element: object) => body.push(element) },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  for (const port of ports.splice(0)) port.close();
  body.length = 0;
});

describe('registerSaver', () => {
  it('streams where the service worker comes up', async () => {
    expect((await registerWith({ active: fakeWorker('activated') })).limit).toBe(Number.POSITIVE_INFINITY);
  });

  it('waits for a service worker that is being installed', async () => {
    const worker = fakeWorker('installing');
    const saver = registerWith({ active: null, waiting: null, installing: worker });
    await vi.waitFor(() => expect(worker.heard).toBeDefined());
    worker.become('activated');
    expect((await saver).limit).toBe(Number.POSITIVE_INFINITY);
  });

  it('goes through memory where there is none, where it is refused, and where it fails', async () => {
    vi.stubGlobal('navigator', {});
    expect((await register()).limit).toBe(512 * 1024 * 1024);
    vi.stubGlobal('navigator', {
      serviceWorker: { register: () => Promise.reject(new Error('private window')) },
    });
    expect((await register()).limit).toBe(512 * 1024 * 1024);
    expect(
      (await registerWith({ active: null, waiting: null, installing: fakeWorker('redundant') })).limit,
    ).toBe(512 * 1024 * 1024);
  });
});

describe('streaming', () => {
  it('offers first, points the frame at the save when the service worker is ready, and shows that it lives', async () => {
    const worker = fakeWorker('activated');
    const heard: SaveProgress[] = [];
    const saver = await registerWith({ active: worker });
    const engine = saver.save({ name: 'a b.txt', size: 5 }, (progress) => heard.push(progress));
    ports.push(engine);
    const [offer, [toEngine, toPage]] = worker.posted[0] as [SaveOffer, [MessagePort, MessagePort]];
    ports.push(toEngine, toPage);
    expect(offer).toEqual({
      type: 'offer',
      token: expect.stringMatching(/^[\w-]{22}$/) as string,
      name: 'a b.txt',
      size: 5,
    });
    expect(body).toEqual([]);
    const say = (report: SaveReport) => toPage.postMessage(report);
    say({ type: 'ready' });
    await vi.waitFor(() => expect(body).toHaveLength(1));
    expect(body[0]?.src).toBe(`${SCOPE}save/${offer.token}/file`);
    say({ type: 'saving', bytes: 3 });
    await vi.waitFor(() => expect(worker.posted[1]).toEqual([{ type: 'alive', token: offer.token }]));
    say({ type: 'saved', bytes: 5 });
    await vi.waitFor(() =>
      expect(heard).toEqual([
        { type: 'saving', bytes: 3 },
        { type: 'saved', bytes: 5 },
      ]),
    );
    toEngine.postMessage('pull');
    expect(await next(engine)).toBe('pull');
  });

  it('fails when the service worker falls silent, and not while it speaks', async () => {
    const worker = fakeWorker('activated');
    const heard: SaveProgress[] = [];
    const saver = await registerWith({ active: worker });
    ports.push(saver.save({ name: 'a', size: 5 }, (progress) => heard.push(progress)));
    const [, [toEngine, toPage]] = worker.posted[0] as [SaveOffer, [MessagePort, MessagePort]];
    ports.push(toEngine, toPage);
    vi.advanceTimersByTime(35_000);
    toPage.postMessage({ type: 'saving', bytes: 3 } satisfies SaveReport);
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    vi.advanceTimersByTime(35_000);
    expect(heard).toHaveLength(1);
    vi.advanceTimersByTime(100_000);
    expect(heard.slice(1)).toEqual([{ type: 'failed', failure: { code: 'worker-silent' } }]);
  });

  it('takes a fresh token each time', async () => {
    const worker = fakeWorker('activated');
    const saver = await registerWith({ active: worker });
    for (let saves = 0; saves < 20; saves++) ports.push(saver.save({ name: 'a', size: 1 }, () => undefined));
    expect(new Set(worker.posted.map(([offer]) => (offer as SaveOffer).token)).size).toBe(20);
  });
});

describe('memorySaver', () => {
  it('refuses what is too large before anything is read, and calls the engine off', async () => {
    const heard: SaveProgress[] = [];
    const engine = memorySaver(10).save({ name: 'a', size: 11 }, (progress) => heard.push(progress));
    expect(await next(engine)).toEqual({ type: 'cancel' });
    expect(heard).toEqual([{ type: 'failed', failure: { code: 'too-large', limit: 10 } }]);
  });

  it('collects, then hands a link to the browser', async () => {
    const heard: SaveProgress[] = [];
    const engine = memorySaver(10).save({ name: 'a', size: 5 }, (progress) => heard.push(progress));
    expect(await next(engine)).toEqual({ type: 'collect', limit: 10 } satisfies SaveDemand);
    const revoke = vi.spyOn(URL, 'revokeObjectURL');
    engine.postMessage({ type: 'collected', blob: new Blob(['hello']) });
    await vi.waitFor(() => expect(heard).toEqual([{ type: 'saved', bytes: 5 }]));
    expect(revoke).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(revoke).toHaveBeenCalledOnce();
  });

  it('fails when the engine falls silent, and not while it collects', async () => {
    const heard: SaveProgress[] = [];
    const engine = memorySaver(10).save({ name: 'a', size: 5 }, (progress) => heard.push(progress));
    expect(await next(engine)).toMatchObject({ type: 'collect' });
    vi.advanceTimersByTime(35_000);
    engine.postMessage({ type: 'collecting', bytes: 3 });
    await vi.waitFor(() => expect(heard).toEqual([{ type: 'saving', bytes: 3 }]));
    vi.advanceTimersByTime(35_000);
    expect(heard).toHaveLength(1);
    vi.advanceTimersByTime(100_000);
    expect(heard.slice(1)).toEqual([{ type: 'failed', failure: { code: 'engine-silent' } }]);
  });

  it('tells why the engine failed', async () => {
    const heard: SaveProgress[] = [];
    const engine = memorySaver(10).save({ name: 'a', size: undefined }, (progress) => heard.push(progress));
    engine.postMessage({ type: 'error', reason: 'rotten' });
    await vi.waitFor(() =>
      expect(heard).toEqual([{ type: 'failed', failure: { code: 'source-failed', reason: 'rotten' } }]),
    );
  });
});

async function register() {
  const script = trustScripts(['/serviceWorker.js'], SCOPE)('/serviceWorker.js');
  const saver = await registerSaver(script, secureRandom, () => undefined);
  return saver();
}

function registerWith(workers: object) {
  vi.stubGlobal('navigator', {
    serviceWorker: { register: () => Promise.resolve({ scope: SCOPE, ...workers }) },
  });
  return register();
}

function fakeWorker(state: string) {
  const worker = {
    state,
    heard: undefined as (() => void) | undefined,
    posted: [] as [unknown, MessagePort[]?][],
    postMessage: (...message: [unknown, MessagePort[]?]) => void worker.posted.push(message),
    addEventListener: (_: string, heard: () => void) => void (worker.heard = heard),
    become(next: string) {
      worker.state = next;
      worker.heard?.();
    },
  };
  return worker;
}

function next(port: MessagePort): Promise<unknown> {
  ports.push(port);
  return new Promise((resolve) => {
    port.onmessage = ({ data }) => resolve(data);
  });
}
