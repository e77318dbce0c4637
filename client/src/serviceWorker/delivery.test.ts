import { afterEach, describe, expect, it, vi } from 'vitest';
import { Delivery, PATIENCE } from './delivery.ts';
import type { SaveDemand, SaveReport, SaveSupply } from './saveMessage.ts';
import { SpentMemory } from './spentMemory.ts';

const open: MessagePort[] = [];

afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

describe('Delivery', () => {
  it('passes chunks as they are pulled, and closes at the right count', async () => {
    const { delivery, reports } = offer(5, [chunk(1, 2, 3), chunk(4, 5), { type: 'end', total: 5 }]);
    expect(await all(delivery)).toEqual([1, 2, 3, 4, 5]);
    await delivery.ended;
    await vi.waitFor(() => expect(reports).toEqual([{ type: 'ready' }, { type: 'saved', bytes: 5 }]));
  });

  it('delivers a file of no bytes', async () => {
    const { delivery } = offer(0, [{ type: 'end', total: 0 }]);
    expect(await all(delivery)).toEqual([]);
  });

  it('asks for one chunk at a time, and only when the browser does', async () => {
    const { delivery, demands } = offer(undefined, [chunk(1), chunk(2), { type: 'end', total: 2 }]);
    const reader = delivery.claim()!.getReader();
    expect(demands).toEqual([]);
    await reader.read();
    expect(demands).toEqual([{ type: 'pull' }]);
    await reader.read();
    expect(demands).toEqual([{ type: 'pull' }, { type: 'pull' }]);
  });

  it('has the collector urged by what was passed on', async () => {
    const urge = vi.fn();
    const half: SaveSupply = { type: 'chunk', bytes: new ArrayBuffer(8 * 1024 * 1024) };
    const { delivery } = offer(undefined, [half, half], new SpentMemory(urge));
    const reader = delivery.claim()!.getReader();
    await reader.read();
    expect(urge).not.toHaveBeenCalled();
    await reader.read();
    expect(urge).toHaveBeenCalledOnce();
    await reader.cancel();
  });

  it('can be claimed once', () => {
    const { delivery } = offer(0, []);
    expect(delivery.claim()).toBeDefined();
    expect(delivery.claim()).toBeUndefined();
  });

  it.each<[string, number | undefined, SaveSupply[], object]>([
    [
      'ends early',
      5,
      [chunk(1, 2), { type: 'end', total: 2 }],
      { code: 'size-differs', expected: 5, received: 2 },
    ],
    ['goes on too long', 1, [chunk(1, 2)], { code: 'size-differs', expected: 1, received: 2 }],
    [
      'counted otherwise',
      undefined,
      [chunk(1), { type: 'end', total: 2 }],
      { code: 'size-differs', expected: 2, received: 1 },
    ],
    [
      'has a failing source',
      5,
      [chunk(1), { type: 'error', reason: 'rotten' }],
      { code: 'source-failed', reason: 'rotten' },
    ],
  ])('errors the stream when the engine %s', async (_, size, supplies, failure) => {
    const { delivery, reports } = offer(size, supplies);
    await expect(all(delivery)).rejects.toThrow(/not saved/);
    await vi.waitFor(() => expect(reports.at(-1)).toEqual({ type: 'failed', failure }));
  });

  it('errors the stream when the engine says what nobody understands', async () => {
    const { delivery, engine } = offer(5, []);
    engine.onmessage = () => engine.postMessage({ type: 'chunk', bytes: 'text' });
    await expect(all(delivery)).rejects.toThrow(/source-failed/);
  });

  it('errors the stream when the engine falls silent, and tells it', async () => {
    const { delivery, demands, reports } = offer(5, [chunk(1)]);
    const reader = delivery.claim()!.getReader();
    await reader.read();
    const next = reader.read();
    await vi.waitFor(() => expect(demands).toHaveLength(2));
    beat(delivery, PATIENCE - 1);
    expect(reports.at(-1)?.type).not.toBe('failed');
    beat(delivery, 1);
    await expect(next).rejects.toThrow(/engine-silent/);
    await vi.waitFor(() => expect(demands.at(-1)).toEqual({ type: 'cancel' }));
  });

  it('waits for as long as the browser does not ask', async () => {
    const { delivery } = offer(1, [chunk(1), { type: 'end', total: 1 }]);
    const reader = delivery.claim()!.getReader();
    await reader.read();
    beat(delivery, 10 * PATIENCE);
    expect((await reader.read()).done).toBe(true);
  });

  it('errors the stream when the engine is gone', async () => {
    const { delivery, engine } = offer(5, [chunk(1)]);
    const reader = delivery.claim()!.getReader();
    await reader.read();
    const next = reader.read();
    engine.close();
    await expect(next).rejects.toThrow(/engine-gone/);
  });

  it('errors the stream when the page stops answering', async () => {
    const { delivery } = offer(5, [chunk(1)]);
    const reader = delivery.claim()!.getReader();
    await reader.read();
    for (let beats = 0; beats < PATIENCE; beats++) delivery.beat();
    await expect(reader.read()).rejects.toThrow(/page-gone/);
  });

  it('drops an offer that nobody claims', async () => {
    const { delivery, reports } = offer(5, []);
    beat(delivery, PATIENCE);
    await delivery.ended;
    expect(delivery.claim()).toBeUndefined();
    await vi.waitFor(() =>
      expect(reports.at(-1)).toEqual({ type: 'failed', failure: { code: 'unclaimed' } }),
    );
  });

  it('tells both sides when the person calls it off', async () => {
    const { delivery, demands, reports } = offer(5, [chunk(1)]);
    const stream = delivery.claim()!;
    await stream.cancel();
    await delivery.ended;
    await vi.waitFor(() => expect(demands.at(-1)).toEqual({ type: 'cancel' }));
    expect(reports.at(-1)).toEqual({ type: 'failed', failure: { code: 'cancelled' } });
  });
});

function offer(size: number | undefined, supplies: readonly SaveSupply[], spent?: SpentMemory) {
  const engineChannel = new MessageChannel();
  const pageChannel = new MessageChannel();
  const engine = engineChannel.port2;
  open.push(engine, pageChannel.port2);
  const demands: SaveDemand[] = [];
  const reports: SaveReport[] = [];
  const left = [...supplies];
  engine.onmessage = ({ data }: MessageEvent<SaveDemand>) => {
    demands.push(data);
    const supply = data.type === 'pull' ? left.shift() : undefined;
    if (supply !== undefined) engine.postMessage(supply);
  };
  pageChannel.port2.onmessage = ({ data }: MessageEvent<SaveReport>) => void reports.push(data);
  const delivery = new Delivery(
    { type: 'offer', token: 'token', name: 'name', size },
    { engine: engineChannel.port1, page: pageChannel.port1 },
    spent,
  );
  return { delivery, engine, demands, reports };
}

function chunk(...bytes: number[]): SaveSupply {
  return { type: 'chunk', bytes: new Uint8Array(bytes).buffer };
}

function beat(delivery: Delivery, times: number): void {
  for (let beats = 0; beats < times; beats++) {
    delivery.alive();
    delivery.beat();
  }
}

async function all(delivery: Delivery): Promise<number[]> {
  return [...new Uint8Array(await new Response(delivery.claim() as BodyInit).arrayBuffer())];
}
