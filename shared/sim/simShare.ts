import type { PieceIndex } from '../src/content/layout.ts';
import type { PieceLayer } from '../src/content/merkle.ts';
import type { Metainfo } from '../src/content/metainfo.ts';
import type { Known } from '../src/swarm/exchange.ts';
import type { SwarmOutput } from '../src/swarm/io.ts';
import type { PeerDiary } from './peerDiary.ts';
import { type PeerTraits, type Remains, remainsOf, type Surroundings } from './peerTraits.ts';
import type { SimDisk } from './simDisk.ts';

/** What a simulated peer has of the share, and remembers of it. */
export class SimShare {
  readonly disk: SimDisk;
  readonly #diary: PeerDiary;
  readonly #leftOut: readonly number[];
  #metainfo: Metainfo | undefined;
  #layer: PieceLayer | undefined;

  constructor(surroundings: Surroundings, traits: PeerTraits, diary: PeerDiary) {
    const { disk, metainfo, layer } = remainsOf(surroundings, traits);
    this.disk = disk;
    this.#diary = diary;
    this.#leftOut = traits.leftOut ?? [];
    this.#metainfo = metainfo;
    this.#layer = layer;
  }

  /** What a swarm may be told of it as it begins. */
  get known(): Known {
    const have = this.disk.complete ? 'all' : [...this.disk.pieces];
    return { metainfo: this.#metainfo, layer: this.#layer, have };
  }

  /** What is there for the peer to come back with. */
  get remains(): Remains {
    return { disk: this.disk, metainfo: this.#metainfo, layer: this.#layer };
  }

  /** Whether a piece is wanted that is not here. */
  lacks(piece: PieceIndex): boolean {
    return !this.disk.pieces.has(piece) && !this.#leftOut.includes(piece);
  }

  /** What the swarm has learnt of the share, or has of it now. */
  hear(news: SwarmOutput & { type: 'metainfo' | 'pieceLayer' | 'had' | 'lost' }): void {
    switch (news.type) {
      case 'metainfo':
        this.#metainfo = news.metainfo;
        return;
      case 'pieceLayer':
        this.#layer = news.layer;
        return;
      case 'lost':
        this.disk.forget(news.piece);
        return this.#diary.pieceIs('lost', news.piece);
      case 'had':
        return this.#diary.pieceIs('had', news.piece);
    }
  }
}
