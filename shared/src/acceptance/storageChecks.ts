import { type Bytes, toHex } from '../base/bytes.ts';
import { type InfoHash, infoHashOf } from '../base/ids.ts';
import type { PieceStore, Storage } from '../host/ports.ts';

/** A storage under test. Opening again gives another view of the same disk, as a reload or a second tab has. */
export type OpenAgain = () => Promise<Storage>;

export interface StorageCheck {
  readonly name: string;
  /** Rejects with what was expected and what came. */
  run(open: OpenAgain): Promise<void>;
}

const SHARE = infoHashOf(new Uint8Array(20).fill(1));
const OTHER = infoHashOf(new Uint8Array(20).fill(2));

/** What every storage must do. Knows no test runner, so that a page can run it in a real browser as well. */
export const storageChecks: readonly StorageCheck[] = [
  check('has no records and no pieces at first', async (open) => {
    const storage = await open();
    await same([...(await storage.records()).keys()], []);
    await same(await (await storage.open(SHARE)).pieces(), []);
  }),
  check('keeps records across a reload, and replaces them', async (open) => {
    const storage = await open();
    await storage.save(SHARE, { version: 1 });
    await storage.save(OTHER, { secret: new Uint8Array([1, 2, 3]), nested: [{ name: 'ä' }] });
    await storage.save(SHARE, { version: 2 });
    const records = await (await open()).records();
    await same(sorted(records), [
      [SHARE, { version: 2 }],
      [OTHER, { secret: new Uint8Array([1, 2, 3]), nested: [{ name: 'ä' }] }],
    ]);
  }),
  check('keeps a record as it was when saved', async (open) => {
    const storage = await open();
    const record = { paused: false };
    await storage.save(SHARE, record);
    record.paused = true;
    await same((await storage.records()).get(SHARE), { paused: false });
  }),
  check('keeps the pieces of each share across a reload', async (open) => {
    const storage = await open();
    await write(await storage.open(SHARE), [3, 0, 70_000]);
    await write(await storage.open(OTHER), [5]);
    const again = await open();
    const pieces = await again.open(SHARE);
    await same(ascending(await pieces.pieces()), [0, 3, 70_000]);
    await same(await pieces.read(70_000), content(70_000));
    await same(await (await again.open(OTHER)).pieces(), [5]);
  }),
  check('reads nothing where nothing is stored', async (open) => {
    const pieces = await (await open()).open(SHARE);
    await same(await pieces.read(0), undefined);
  }),
  check('stores only the part of a buffer that it was given, and a copy', async (open) => {
    const pieces = await (await open()).open(SHARE);
    const large = new Uint8Array(100_000).fill(7);
    await pieces.write(new Map([[0, large.subarray(10, 15)]]));
    large.fill(9);
    const read = await pieces.read(0);
    await same(read, new Uint8Array(5).fill(7));
    await same(read?.buffer.byteLength, 5);
  }),
  check('gives each reader bytes of its own', async (open) => {
    const pieces = await (await open()).open(SHARE);
    await write(pieces, [1]);
    (await pieces.read(1))?.fill(0);
    await same(await pieces.read(1), content(1));
  }),
  check('writes again over what is there', async (open) => {
    const pieces = await (await open()).open(SHARE);
    await write(pieces, [1, 2]);
    await pieces.write(new Map([[1, new Uint8Array([9])]]));
    await same(await pieces.read(1), new Uint8Array([9]));
    await same(ascending(await pieces.pieces()), [1, 2]);
  }),
  check('writes nothing when there is nothing to write', async (open) => {
    const pieces = await (await open()).open(SHARE);
    await same(await pieces.write(new Map()), { type: 'written' });
    await same(await pieces.pieces(), []);
  }),
  check('forgets one piece', async (open) => {
    const storage = await open();
    const pieces = await storage.open(SHARE);
    await write(pieces, [1, 2]);
    await pieces.forget(1);
    await pieces.forget(77);
    await same(await pieces.read(1), undefined);
    await same(await (await (await open()).open(SHARE)).pieces(), [2]);
  }),
  check('removes record and pieces of one share only', async (open) => {
    const storage = await open();
    for (const share of [SHARE, OTHER]) {
      await storage.save(share, { share });
      const pieces = await storage.open(share);
      await write(pieces, [1, 2]);
      pieces.close();
    }
    await storage.remove(SHARE);
    const again = await open();
    await same([...(await again.records()).keys()], [OTHER]);
    await same(await (await again.open(SHARE)).pieces(), []);
    await same(ascending(await (await again.open(OTHER)).pieces()), [1, 2]);
  }),
  check('removes a share that is unknown', async (open) => {
    await (await open()).remove(SHARE);
  }),
  check('removes what another tab holds open, and that tab cannot bring it back', async (open) => {
    const elsewhere = await (await open()).open(SHARE);
    await write(elsewhere, [1, 2]);
    const storage = await open();
    const here = await storage.open(SHARE);
    await storage.remove(SHARE);
    for (const pieces of [elsewhere, here]) {
      await same((await pieces.write(new Map([[3, content(3)]]))).type, 'failed');
      await same(await pieces.read(1), undefined);
    }
    await same(await (await storage.open(SHARE)).pieces(), []);
  }),
  check('can be shared again after it was removed', async (open) => {
    const storage = await open();
    await write(await storage.open(SHARE), [1]);
    await storage.remove(SHARE);
    await write(await storage.open(SHARE), [2]);
    await same(await (await (await open()).open(SHARE)).pieces(), [2]);
  }),
  check('works for two tabs on the same share', async (open) => {
    const [one, two] = [await (await open()).open(SHARE), await (await open()).open(SHARE)];
    await Promise.all([write(one, [1, 2, 3]), write(two, [3, 4, 5])]);
    await same(ascending(await one.pieces()), [1, 2, 3, 4, 5]);
    await same(await two.read(1), content(1));
  }),
  check('finishes a write that was begun before it was closed, and refuses later ones', async (open) => {
    const pieces = await (await open()).open(SHARE);
    const begun = pieces.write(new Map([[1, content(1)]]));
    await begun;
    pieces.close();
    pieces.close();
    await same((await pieces.write(new Map([[2, content(2)]]))).type, 'failed');
    await same(await (await (await open()).open(SHARE)).pieces(), [1]);
  }),
  check('writes all pieces of a batch or none', async (open) => {
    const pieces = await (await open()).open(SHARE);
    const gone = content(2);
    structuredClone(gone, { transfer: [gone.buffer] });
    const result = await pieces.write(
      new Map([
        [1, content(1)],
        [2, gone],
      ]),
    );
    await same([result.type, await pieces.pieces()], ['failed', []]);
  }),
  check('lists ten thousand pieces', async (open) => {
    const pieces = await (await open()).open(SHARE);
    const batch = Array.from({ length: 10_000 }, (_, piece): [number, Bytes] => [
      piece,
      new Uint8Array([piece & 0xff]),
    ]);
    await same(await pieces.write(new Map(batch)), { type: 'written' });
    await same((await pieces.pieces()).length, 10_000);
  }),
];

function check(name: string, run: (open: OpenAgain) => Promise<void>): StorageCheck {
  return { name, run };
}

async function write(store: PieceStore, pieces: readonly number[]): Promise<void> {
  await same(await store.write(new Map(pieces.map((piece) => [piece, content(piece)]))), { type: 'written' });
}

function content(piece: number): Bytes {
  return new Uint8Array(1000).fill(piece % 251, 1);
}

function sorted(records: ReadonlyMap<InfoHash, unknown>): unknown[] {
  return [...records].sort(([a], [b]) => (a < b ? -1 : 1));
}

function ascending(pieces: readonly number[]): number[] {
  return [...pieces].sort((a, b) => a - b);
}

function same(actual: unknown, expected: unknown): Promise<void> {
  const [came, wanted] = [shown(actual), shown(expected)];
  return came === wanted
    ? Promise.resolve()
    : Promise.reject(new Error(`expected ${wanted}, received ${came}`));
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (part === undefined) return 'nothing';
    return part instanceof Uint8Array ? `bytes ${toHex(part)}` : part;
  });
}
