import type { Bytes } from '../src/base/bytes.ts';
import type { Random } from '../src/base/random.ts';
import { deriveMemberKeys, type MemberKeys } from '../src/content/keys.ts';
import { BLOCK, type PieceIndex, PieceLayout } from '../src/content/layout.ts';
import { contentRoot, PieceLayer, pieceRoot } from '../src/content/merkle.ts';
import { buildInfo, infoHashOfInfo, type Metainfo, parseInfo } from '../src/content/metainfo.ts';
import { concat } from '../src/base/bytes.ts';
import { quickCrypto } from './quickCrypto.ts';

/** A share made of chance: the truth against which everything in a run is compared. */
export class SimContent {
  readonly bytes: Bytes;
  readonly layout: PieceLayout;
  readonly layer: PieceLayer;
  readonly metainfo: Metainfo;
  readonly keys: MemberKeys;

  constructor(random: Random, length: number, pieceLength: number) {
    this.layout = new PieceLayout(length, pieceLength);
    this.bytes = noise(random, length);
    this.layer = layerOf(this.layout, this.bytes);
    this.keys = deriveMemberKeys(quickCrypto, random.bytes(16));
    const info = buildInfo({
      layout: this.layout,
      root: contentRoot(quickCrypto, this.layer.bytes, this.layout),
      sealedManifest: random.bytes(64),
    });
    const result = parseInfo(quickCrypto, info, infoHashOfInfo(quickCrypto, info));
    if (result.type !== 'metainfo') throw new Error(`simulated share: ${result.reason}`);
    this.metainfo = result.metainfo;
  }

  piece(piece: PieceIndex): Bytes {
    const begin = this.layout.offsetOf(piece);
    return this.bytes.subarray(begin, begin + this.layout.sizeOf(piece));
  }

  /** Whether these are the bytes of a piece from `begin` on. */
  isTrue(piece: PieceIndex, begin: number, bytes: Uint8Array): boolean {
    const offset = this.layout.offsetOf(piece) + begin;
    if (begin + bytes.length > this.layout.sizeOf(piece)) return false;
    return Buffer.compare(bytes, this.bytes.subarray(offset, offset + bytes.length)) === 0;
  }
}

function layerOf(layout: PieceLayout, bytes: Bytes): PieceLayer {
  const hashes = [...layout.indices()].map((piece) => {
    const begin = layout.offsetOf(piece);
    const leaves = [];
    for (let at = begin; at < begin + layout.sizeOf(piece); at += BLOCK)
      leaves.push(quickCrypto.sha256(bytes.subarray(at, Math.min(at + BLOCK, layout.length))));
    return pieceRoot(quickCrypto, concat(...leaves), layout, piece);
  });
  return PieceLayer.of(quickCrypto, layout, concat(...hashes));
}

/** Many bytes, quickly (xorshift, Marsaglia 2003). */
function noise(random: Random, length: number): Bytes {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = Math.floor(random.next() * 0xffffffff) + 1;
  for (let place = 0; place < words.length; place++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[place] = state;
  }
  return new Uint8Array(words.buffer, 0, length);
}
