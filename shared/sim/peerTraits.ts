import type { PieceLayer } from '../src/content/merkle.ts';
import type { Metainfo } from '../src/content/metainfo.ts';
import type { Network } from './network.ts';
import type { PiecePool } from './piecePool.ts';
import type { Referee } from './referee.ts';
import type { RivalKind } from './rivals/rival.ts';
import type { SimContent } from './simContent.ts';
import { type DiskOptions, SimDisk } from './simDisk.ts';
import type { SimTracker } from './simTracker.ts';
import type { World } from './world.ts';

/** What a peer leaves behind on its machine, for when it comes back. */
export interface Remains {
  readonly disk: SimDisk;
  readonly metainfo: Metainfo | undefined;
  readonly layer: PieceLayer | undefined;
}

/** What a simulated peer is made of. */
export interface PeerTraits {
  readonly name: string;
  /** Everything, nothing, or what it had when it was here before. */
  readonly has: 'all' | 'nothing' | Remains;
  /** Bytes a second. */
  readonly up: number;
  readonly down: number;
  /** Milliseconds to the middle of the network. */
  readonly latency: number;
  /** Milliseconds that a packet may take longer, at most. */
  readonly jitter?: number;
  /** Chance that a packet is lost on the way to the middle of the network, or from there. */
  readonly loss?: number;
  /** What is wrong with its disk, where that is not one of its remains. */
  readonly disk?: DiskOptions;
  /** How many connections it may have, if not as many as a page; it dials until two thirds are made. */
  readonly connections?: number;
  /** Pieces that the person can do without. */
  readonly leftOut?: readonly number[];
  /** The most it uploads, in bytes a second, if the person has set a limit. */
  readonly uploadLimit?: number;
  /** Instead of one of ours. */
  readonly rival?: RivalKind;
}

/** Where a simulated peer lives. */
export interface Surroundings {
  readonly world: World;
  readonly network: Network;
  readonly tracker: SimTracker;
  readonly referee: Referee;
  readonly content: SimContent;
  readonly pool: PiecePool;
}

/** What a peer begins with. */
export function remainsOf({ world, content }: Surroundings, { has, disk }: PeerTraits): Remains {
  if (typeof has === 'object') return has;
  if (has === 'nothing')
    return { disk: new SimDisk(world, content, [], disk), metainfo: undefined, layer: undefined };
  const { metainfo, layer, layout } = content;
  return { disk: new SimDisk(world, content, layout.indices(), disk), metainfo, layer };
}
