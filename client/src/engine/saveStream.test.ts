import { type Bytes, concat } from '@shoal/shared/base/bytes.ts';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SaveCollection, SaveSupply } from '../serviceWorker/saveMessage.ts';
import { gathered } from './chunks.ts';
import { saveStream } from './saveStream.ts';

const open: MessagePort[] = [];

afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

describe('saveStream', () => {
  it('gives one chunk a pull, then the total', async () => {
    const { ask, end } = save(source([chunk(300_000, 1), chunk(400_000, 2), chunk(5, 3)]), 700_005);
    expect(await ask()).toMatchObject({ type: 'chunk', bytes: { byteLength: 300_000 } });
    expect(await ask()).toMatchObject({ type: 'chunk', bytes: { byteLength: 400_000 } });
    expect(await ask()).toMatchObject({ type: 'chunk', bytes: { byteLength: 5 } });
    expect(await ask()).toEqual({ type: 'end', total: 700_005 });
    expect(await end).toEqual({ type: 'delivered', total: 700_005 });
  });

  it('takes a ReadableStream too', async () => {
    const { ask, end } = save(new Blob(['hello']).stream(), undefined);
    expect(await ask()).toMatchObject({ type: 'chunk', bytes: { byteLength: 5 } });
    expect(await ask()).toEqual({ type: 'end', total: 5 });
    expect((await end).type).toBe('delivered');
  });

  it('reads one chunk ahead and no more', async () => {
    let made = 0;
    const { ask } = save(
      source(
        Array.from({ length: 9 }, () => chunk(300_000, 1)),
        { onMade: () => made++ },
      ),
      undefined,
    );
    expect(made).toBe(0);
    await ask();
    expect(made).toBe(2);
    await ask();
    expect(made).toBe(3);
  });

  it.each([
    ['less', 10],
    ['more', 3],
  ])('fails when the source comes to %s than it should', async (_, size) => {
    const { ask, end } = save(source([chunk(5, 1)]), size);
    const supplies = [await ask(), size > 5 ? await ask() : undefined];
    expect(supplies.filter((supply) => supply !== undefined).at(-1)).toEqual({
      type: 'error',
      reason: `RangeError: expected ${size} bytes, received 5`,
    });
    expect((await end).type).toBe('failed');
  });

  it('tells why the source failed', async () => {
    const { ask, end } = save(source([chunk(300_000, 1)], { failure: new Error('rotten') }), undefined);
    await ask();
    expect(await ask()).toEqual({ type: 'error', reason: 'Error: rotten' });
    expect(await end).toEqual({ type: 'failed', reason: 'Error: rotten' });
  });

  it('lets the source go when it is called off', async () => {
    const onDone = vi.fn();
    const { port, ask, end } = save(
      source([chunk(300_000, 1), chunk(300_000, 1), chunk(1, 1)], { onDone }),
      undefined,
    );
    await ask();
    port.postMessage({ type: 'cancel' });
    expect(await end).toEqual({ type: 'cancelled' });
    await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
  });

  it('cancels a stream when the other end is gone', async () => {
    const cancel = vi.fn();
    const stream = new ReadableStream<Bytes>({
      pull: (controller) => controller.enqueue(chunk(300_000, 1)),
      cancel,
    });
    const { port, ask, end } = save(stream, undefined);
    await ask();
    port.close();
    expect(await end).toEqual({ type: 'cancelled' });
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce());
  });

  it('collects everything into a Blob, up to a limit', async () => {
    const whole = save(source([chunk(3, 1), chunk(3, 2)]), 6);
    expect(await whole.ask({ type: 'collect', limit: 6 })).toEqual({ type: 'collecting', bytes: 6 });
    const collected = await whole.next();
    expect(collected.type === 'collected' && [...new Uint8Array(await collected.blob.arrayBuffer())]).toEqual(
      [1, 1, 1, 2, 2, 2],
    );
    const tooLarge = save(source([chunk(7, 1)]), undefined);
    expect(await tooLarge.ask({ type: 'collect', limit: 6 })).toMatchObject({ type: 'error' });
  });
});

describe('gathered', () => {
  it('keeps the bytes, makes no small chunk but the last, and owns every buffer', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 40 })),
        fc.integer({ min: 1, max: 60 }),
        async (parts, least) => {
          const before = Buffer.concat(parts).toString('hex');
          const views = parts.map((part) => concat(new Uint8Array(2), part).subarray(2));
          const chunks: Bytes[] = [];
          for await (const one of gathered(source(views), least)) chunks.push(one);
          expect(Buffer.concat(chunks).toString('hex')).toBe(before);
          for (const one of chunks) expect(one.buffer.byteLength).toBe(one.length);
          for (const one of chunks.slice(0, -1)) expect(one.length).toBeGreaterThanOrEqual(least);
        },
      ),
    );
  });
});

function save(from: AsyncIterable<Bytes> | ReadableStream<Bytes>, size: number | undefined) {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const end = saveStream(port2, from, size);
  const said: (SaveSupply | SaveCollection)[] = [];
  port1.onmessage = ({ data }: MessageEvent<SaveSupply | SaveCollection>) => said.push(data);
  const next = (): Promise<SaveSupply | SaveCollection> =>
    vi.waitFor(() => {
      const [first] = said.splice(0, 1);
      if (first === undefined) throw new Error('expected an answer, received none');
      return first;
    });
  const ask = (demand: object = { type: 'pull' }): Promise<SaveSupply | SaveCollection> => {
    port1.postMessage(demand);
    return next();
  };
  return { port: port1, ask, next, end };
}

interface Watch {
  onMade?: () => void;
  onDone?: () => void;
  failure?: Error;
}

async function* source(
  chunks: readonly Bytes[],
  { onMade, onDone, failure }: Watch = {},
): AsyncGenerator<Bytes, void> {
  try {
    for (const one of chunks) {
      onMade?.();
      yield await Promise.resolve(one);
    }
    if (failure !== undefined) throw failure;
  } finally {
    onDone?.();
  }
}

function chunk(length: number, fill: number): Bytes {
  return new Uint8Array(length).fill(fill);
}
