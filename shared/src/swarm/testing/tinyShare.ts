import { type Bytes, concat } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto.ts';
import { deriveMemberKeys, type MemberKeys } from '../../content/keys.ts';
import { BLOCK, type PieceIndex, PieceLayout } from '../../content/layout.ts';
import { contentRoot, PieceLayer, pieceRoot } from '../../content/merkle.ts';
import { buildInfo, infoHashOfInfo, type Metainfo, parseInfo } from '../../content/metainfo.ts';
import { Seeded } from './seeded.ts';

/** A share made of chance: the truth of a test. */
export class TinyShare {
  readonly crypto: Crypto;
  readonly bytes: Bytes;
  readonly layout: PieceLayout;
  readonly metainfo: Metainfo;
  readonly layer: PieceLayer;
  readonly keys: MemberKeys;

  constructor(crypto: Crypto, length: number, pieceLength = 4 * BLOCK, manifest = 64) {
    const random = new Seeded(length);
    this.crypto = crypto;
    this.layout = new PieceLayout(length, pieceLength);
    this.bytes = random.bytes(length);
    this.keys = deriveMemberKeys(crypto, random.bytes(16));
    const hashes = [...this.layout.indices()].map((piece) =>
      pieceRoot(crypto, this.leaves(this.piece(piece)), this.layout, piece),
    );
    this.layer = PieceLayer.of(crypto, this.layout, concat(...hashes));
    const root = length > 0 ? contentRoot(crypto, this.layer.bytes, this.layout) : undefined;
    const info = buildInfo({ layout: this.layout, root, sealedManifest: random.bytes(manifest) });
    const result = parseInfo(crypto, info, infoHashOfInfo(crypto, info));
    if (result.type !== 'metainfo') throw new Error(result.reason);
    this.metainfo = result.metainfo;
  }

  piece(piece: PieceIndex): Bytes {
    const begin = this.layout.offsetOf(piece);
    return this.bytes.subarray(begin, begin + this.layout.sizeOf(piece));
  }

  /** What a request for these bytes is to be answered with. */
  range(piece: number, begin: number, length: number): Bytes {
    const offset = piece * this.layout.pieceLength + begin;
    return this.bytes.slice(offset, offset + length);
  }

  leaves(bytes: Bytes): Bytes {
    const hashes: Bytes[] = [];
    for (let begin = 0; begin < bytes.length; begin += BLOCK)
      hashes.push(this.crypto.sha256(bytes.subarray(begin, begin + BLOCK)));
    return concat(...hashes);
  }
}
