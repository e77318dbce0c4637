import { quickCrypto } from './quickCrypto.ts';
import { hashBlocks } from '../src/swarm/blame.ts';
import type { SwarmInput, SwarmOutput } from '../src/swarm/io.ts';
import type { Observed, Referee } from './referee.ts';
import type { PiecePool } from './piecePool.ts';
import type { SimContent } from './simContent.ts';
import type { SimDisk } from './simDisk.ts';

interface Workplace {
  readonly content: SimContent;
  readonly referee: Referee;
  readonly pool: PiecePool;
}

/** What a swarm wants done with pieces, done by a simulated machine under the referee's eyes. */
export class SimPieceWork {
  readonly #peer: Observed;
  readonly #disk: SimDisk;
  readonly #content: SimContent;
  readonly #referee: Referee;
  readonly #pool: PiecePool;
  readonly #done: (input: SwarmInput) => void;

  /** @param done takes the result of each piece of work. */
  constructor(
    peer: Observed,
    disk: SimDisk,
    { content, referee, pool }: Workplace,
    done: (input: SwarmInput) => void,
  ) {
    this.#peer = peer;
    this.#disk = disk;
    this.#content = content;
    this.#referee = referee;
    this.#pool = pool;
    this.#done = done;
  }

  verify({ operation, piece, bytes }: SwarmOutput & { type: 'verify' }): void {
    const ended = this.#pending(bytes.length);
    this.#disk.verify(piece, bytes, (good) => {
      ended();
      this.#done({ type: 'verified', operation, good });
    });
  }

  store({ operation, piece, bytes }: SwarmOutput & { type: 'store' }): void {
    this.#referee.stores(this.#peer, piece, bytes);
    const ended = this.#pending(bytes.length);
    this.#disk.write(piece, bytes, (result) => {
      ended();
      this.#done({ type: 'stored', operation, result });
      if (result === 'stored') this.#pool.giveBack(bytes);
    });
  }

  read({ operation, piece, begin, length }: SwarmOutput & { type: 'read' }): void {
    const ended = this.#pending(length);
    this.#disk.read(piece, begin, length, (bytes) => {
      ended();
      this.#done({ type: 'read', operation, bytes });
    });
  }

  hashLeaves({ operation, piece }: SwarmOutput & { type: 'hashLeaves' }): void {
    const length = this.#content.layout.sizeOf(piece);
    const ended = this.#pending(length);
    this.#disk.read(piece, 0, length, (bytes) => {
      ended();
      this.#done({ type: 'leavesHashed', operation, leaves: bytes && hashBlocks(quickCrypto, bytes) });
    });
  }

  /** So many bytes are held until the work has ended. */
  #pending(bytes: number): () => void {
    this.#referee.pending(this.#peer, bytes);
    return () => this.#referee.pending(this.#peer, -bytes);
  }
}
