import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, equal, fromHex, toHex } from '../base/bytes.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { BLOCK, PieceLayout } from './layout.ts';
import {
  answerHashes,
  contentRoot,
  HASH,
  type HashRequest,
  merkleRoot,
  PieceLayer,
  pieceLayerRequests,
  pieceRoot,
  verifyHashes,
} from './merkle.ts';

/** BEP 52 said again in the plainest way: a recursion over all leaves of the whole file. */
function plainRoot(leaves: readonly Buffer[], width: number): Buffer {
  if (width === 1) return leaves[0] ?? Buffer.alloc(HASH);
  const half = width / 2;
  const [left, right] = [leaves.slice(0, half), leaves.slice(half)];
  return sha256(Buffer.concat([plainRoot(left, half), plainRoot(right, half)]));
}

function sha256(data: Uint8Array): Buffer {
  return createHash('sha256').update(data).digest();
}

function leavesOf(length: number, seed: number): Buffer[] {
  return Array.from({ length: Math.ceil(length / BLOCK) }, (_, block) =>
    sha256(Buffer.from(`${seed} ${block}`)),
  );
}

function powerFrom(n: number): number {
  return n <= 1 ? 1 : 2 ** Math.ceil(Math.log2(n));
}

function layerOf(layout: PieceLayout, leaves: readonly Buffer[]): PieceLayer {
  const width = layout.pieceLength / BLOCK;
  const roots = [...layout.indices()].map((piece) => {
    const own = new Uint8Array(Buffer.concat(leaves.slice(piece * width, (piece + 1) * width)));
    return pieceRoot(nobleCrypto, own, layout, piece);
  });
  return PieceLayer.of(nobleCrypto, layout, concat(...roots));
}

const streams = fc
  .tuple(fc.integer({ min: 1, max: 150 * BLOCK }), fc.integer({ min: 14, max: 18 }), fc.nat())
  .map(([length, power, seed]) => {
    const layout = new PieceLayout(length, 2 ** power);
    const leaves = leavesOf(length, seed);
    return { layout, leaves, layer: layerOf(layout, leaves) };
  });

/** `Darkroom (Stellar, 1994, Amiga ECS) HQ.mp4` of libtorrent's test/test_torrents/v2_hybrid.torrent. */
const DARKROOM = {
  length: 6_535_405,
  pieceLength: 524_288,
  root: '8e31d30f9e25c6336768e978261219c8a9ee8ba81f1bf8a07d8b84664428ccc6',
  layer: [
    '5d68e123f6156c176e8dbc4c828107fccc9198a42581e55c1a26bba3f70988a7',
    '533d0f0acd5caed76e8444de6b2622b8f08d12a52091c51c09a3a225a0465ec9',
    'fafc35895e916c79464edc4bc1145495d9315519dd82870be88c8e578bb4a065',
    'fc729d6c0a182aabb55eb6f5468a8b3e65f59f1382c8c0d94d5af25a6603f889',
    '800ce825df2c72b18674b7960247596543055f0aadb97e01ee138ac7da079fc5',
    '9fb6ffe64fca4d14cf02b4bd68c0d30380cfb778d17468be8b058cef4dbd6fd1',
    '76922b564b0d64acd43263a49541c7ab93ee01837d1e58fc1c353a81a36bcf07',
    '52d92137492dea652dd6b925a2b940c84d0bd32a182e6ec071560777fd313a1b',
    '950f8e4e40aa76a758e08f96145385eff3014e10a2957a97e94e9921f7581560',
    'c317cad611a194d953326204f286e02eb5979b937d638c2ab0722daec7d8884d',
    '92c81f931a29aeaaa00f956982180880156440868a97f0fa6beaa9234f7c22fd',
    '380f9c5f575b68c2815c7d60782d6f13f6c60f6e6e9ac33662daa158b754e3cd',
    '8be94280dbeb12e4af5f19bb0f5b0fc9415333d0ab4f850e35d1d24b1d19c703',
  ],
};

describe('published vectors', () => {
  // libtorrent's test/test_torrents/v2.torrent and v2_only.torrent: 64 KiB and 1 MiB of zero bytes, in pieces of 64 KiB.
  const zeros = new Uint8Array(sha256(new Uint8Array(BLOCK)));
  const piece = '60aae9c7b428f87e0713e88229e18f0adf12cd7b22a0dd8a92bb2485eb7af242';
  const root = '515ea9181744b817744ded9d2e8e9dc6a8450c0b0c52e24b5077f302ffbd9008';

  it('test64K: four blocks make a piece, and the piece is the content', () => {
    const layout = new PieceLayout(65_536, 65_536);
    const hash = pieceRoot(nobleCrypto, concat(zeros, zeros, zeros, zeros), layout, layout.index(0)!);
    expect(toHex(hash)).toBe(piece);
    expect(toHex(contentRoot(nobleCrypto, hash, layout))).toBe(piece);
  });

  it('test1MB: sixteen pieces', () => {
    const layout = new PieceLayout(1024 * 1024, 65_536);
    const layer = fromHex(piece.repeat(16))!;
    expect(toHex(contentRoot(nobleCrypto, layer, layout))).toBe(root);
  });

  it('Darkroom: thirteen pieces of 512 KiB, padded to sixteen', () => {
    const layout = new PieceLayout(DARKROOM.length, DARKROOM.pieceLength);
    const layer = fromHex(DARKROOM.layer.join(''))!;
    expect(toHex(contentRoot(nobleCrypto, layer, layout))).toBe(DARKROOM.root);
    expect(PieceLayer.verify(nobleCrypto, layout, fromHex(DARKROOM.root)!, layer)?.bytes).toEqual(layer);
  });
});

describe('Merkle trees', () => {
  it('agree with a plain recursion, for pieces and for the content', () => {
    fc.assert(
      fc.property(streams, ({ layout, leaves, layer }) => {
        const root = plainRoot(leaves, powerFrom(leaves.length));
        expect(equal(layer.root, root)).toBe(true);
        expect(equal(contentRoot(nobleCrypto, layer.bytes, layout), root)).toBe(true);
        const blocks = layout.pieceLength / BLOCK;
        if (layout.pieces > 1)
          for (const piece of layout.indices())
            expect(
              equal(layer.hash(piece), plainRoot(leaves.slice(piece * blocks, (piece + 1) * blocks), blocks)),
            ).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('are padding alone over no hashes', () => {
    expect(toHex(merkleRoot(nobleCrypto, new Uint8Array(), 1))).toBe('00'.repeat(HASH));
    expect(equal(merkleRoot(nobleCrypto, new Uint8Array(), 4), plainRoot([], 4))).toBe(true);
    expect(equal(merkleRoot(nobleCrypto, new Uint8Array(), 2, 3), plainRoot([], 16))).toBe(true);
  });

  it('refuse more hashes than they are wide', () => {
    expect(() => merkleRoot(nobleCrypto, new Uint8Array(3 * HASH), 2)).toThrow(RangeError);
  });
});

describe('PieceLayer', () => {
  it('verifies against its root, and fails with any byte changed', () => {
    fc.assert(
      fc.property(streams, fc.nat(), ({ layout, layer }, place) => {
        const verified = PieceLayer.verify(nobleCrypto, layout, layer.root, layer.bytes);
        expect(verified?.bytes).toEqual(layer.bytes);
        const changed = layer.bytes.slice();
        changed[place % changed.length]! ^= 1;
        expect(PieceLayer.verify(nobleCrypto, layout, layer.root, changed)).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });

  it('refuses any other number of hashes', () => {
    const layout = new PieceLayout(3 * BLOCK, BLOCK);
    const layer = layerOf(layout, leavesOf(layout.length, 1));
    for (const bytes of [
      layer.bytes.subarray(HASH),
      concat(layer.bytes, new Uint8Array(HASH)),
      new Uint8Array(),
    ])
      expect(PieceLayer.verify(nobleCrypto, layout, layer.root, bytes)).toBeUndefined();
    expect(() => PieceLayer.of(nobleCrypto, layout, new Uint8Array(HASH))).toThrow(RangeError);
  });

  it('keeps its own copy', () => {
    const layout = new PieceLayout(BLOCK, BLOCK);
    const hashes = new Uint8Array(HASH).fill(1);
    const layer = PieceLayer.of(nobleCrypto, layout, hashes);
    hashes.fill(2);
    expect(layer.hash(layout.index(0)!)).toEqual(new Uint8Array(HASH).fill(1));
  });

  it('is empty for an empty stream', () => {
    const layout = new PieceLayout(0, BLOCK);
    const layer = PieceLayer.of(nobleCrypto, layout, new Uint8Array());
    expect([layer.root.length, layer.bytes.length]).toEqual([0, 0]);
    expect(PieceLayer.verify(nobleCrypto, layout, new Uint8Array(), new Uint8Array())).toBeUndefined();
  });
});

describe('hash requests', () => {
  it('bring the whole layer, run by run', () => {
    fc.assert(
      fc.property(streams, ({ layout, layer }) => {
        const runs = pieceLayerRequests(layout).map((request) => {
          const hashes = answerHashes(nobleCrypto, layer, request);
          return verifyHashes(nobleCrypto, layer.root, layout, request, hashes!)!;
        });
        expect(concat(...runs)).toEqual(layout.pieces > 1 ? layer.bytes : new Uint8Array());
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    [1, []],
    [2, [[0, 2, 0]]],
    [3, [[0, 4, 1]]],
    [512, [[0, 512, 8]]],
    [
      513,
      [
        [0, 512, 9],
        [512, 2, 9],
      ],
    ],
    [
      1100,
      [
        [0, 512, 10],
        [512, 512, 10],
        [1024, 128, 10],
      ],
    ],
  ])('for %d pieces are index, length, proof layers %j', (pieces, expected) => {
    const layout = new PieceLayout(pieces * 2 * BLOCK, 2 * BLOCK);
    expect(pieceLayerRequests(layout)).toEqual(
      expected.map(([index, length, proofLayers]) => ({ baseLayer: 1, index, length, proofLayers })),
    );
    const layer = layerOf(layout, leavesOf(layout.length, 5));
    const runs = pieceLayerRequests(layout).map((request) =>
      verifyHashes(nobleCrypto, layer.root, layout, request, answerHashes(nobleCrypto, layer, request)!)!,
    );
    expect(concat(...runs)).toEqual(pieces > 1 ? layer.bytes : new Uint8Array());
  });

  const layout = new PieceLayout(5 * BLOCK, BLOCK);
  const leaves = leavesOf(layout.length, 2);
  const layer = layerOf(layout, leaves);

  it('are answered with hashes, then uncles from the lowest (BEP 52)', () => {
    const [a, b, c, d, e] = leaves.map((leaf) => new Uint8Array(leaf));
    const pad = new Uint8Array(HASH);
    const pair = (left: Uint8Array, right: Uint8Array) => new Uint8Array(sha256(concat(left, right)));
    const answer = (index: number, length: number, proofLayers: number) =>
      answerHashes(nobleCrypto, layer, { baseLayer: 0, index, length, proofLayers });
    const right = pair(pair(e!, pad), pair(pad, pad));
    expect(answer(0, 2, 0)).toEqual(concat(a!, b!));
    expect(answer(0, 2, 2)).toEqual(concat(a!, b!, pair(c!, d!), right));
    expect(answer(0, 4, 1)).toEqual(concat(a!, b!, c!, d!));
    expect(answer(0, 4, 2)).toEqual(concat(a!, b!, c!, d!, right));
    expect(answer(4, 2, 1)).toEqual(concat(e!, pad, pair(pad, pad)));
    expect(answer(0, 8, 2)).toEqual(concat(a!, b!, c!, d!, e!, pad, pad, pad));
  });

  const good: HashRequest = { baseLayer: 0, index: 0, length: 4, proofLayers: 2 };
  it.each<Partial<HashRequest>>([
    { baseLayer: 1 },
    { length: 0 },
    { length: 1 },
    { length: 3 },
    { length: 16 },
    { length: 1024 },
    { index: 2 },
    { index: 8 },
    { index: 2 ** 32 - 4 },
    { proofLayers: 3 },
    { proofLayers: 2 ** 32 - 1 },
    { length: 2, index: 6 },
  ])('are rejected with %o', (wrong) => {
    expect(answerHashes(nobleCrypto, layer, good)).toBeDefined();
    expect(answerHashes(nobleCrypto, layer, { ...good, ...wrong })).toBeUndefined();
    const answer = answerHashes(nobleCrypto, layer, good)!;
    expect(verifyHashes(nobleCrypto, layer.root, layout, { ...good, ...wrong }, answer)).toBeUndefined();
  });

  it('verify nothing that was changed, cut or lengthened, nor proofs that stop short of the root', () => {
    const answer = answerHashes(nobleCrypto, layer, good)!;
    const verify = (hashes: Uint8Array, request = good) =>
      verifyHashes(nobleCrypto, layer.root, layout, request, hashes);
    expect(verify(answer)).toEqual(layer.bytes.slice(0, 4 * HASH));
    for (let place = 0; place < answer.length; place += 7) {
      const changed = answer.slice();
      changed[place]! ^= 0x80;
      expect(verify(changed)).toBeUndefined();
    }
    expect(verify(answer.subarray(HASH))).toBeUndefined();
    expect(verify(answer.subarray(0, -1))).toBeUndefined();
    expect(verify(concat(answer, new Uint8Array(HASH)))).toBeUndefined();
    const short = { ...good, proofLayers: 1 };
    expect(verify(answerHashes(nobleCrypto, layer, short)!, short)).toBeUndefined();
  });

  it('never throw, whatever is asked or sent', () => {
    const number = fc.oneof(fc.nat({ max: 16 }), fc.nat({ max: 2 ** 32 - 1 }));
    const requests = fc.record({ baseLayer: number, index: number, length: number, proofLayers: number });
    fc.assert(
      fc.property(requests, fc.uint8Array({ maxLength: 20 * HASH }), (request, hashes) => {
        answerHashes(nobleCrypto, layer, request);
        expect(verifyHashes(nobleCrypto, layer.root, layout, request, hashes)).toBeUndefined();
      }),
    );
  });
});
