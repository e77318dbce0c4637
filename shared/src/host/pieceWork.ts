import type { PieceIndex, PieceLayout } from '../content/layout.ts';
import { accepts, type PieceVerifier } from '../content/pieceVerifier.ts';
import type { Operation, SwarmInput, SwarmOutput } from '../swarm/io.ts';
import type { PieceReader } from './pieceReader.ts';
import type { PieceWriter } from './pieceWriter.ts';
import type { WriteResult } from './ports.ts';
import type { Surroundings } from './surroundings.ts';

/** Where pieces are read from and written to. */
export interface Pieces {
  readonly reader: PieceReader | undefined;
  readonly writer: PieceWriter | undefined;
  readonly verifier: PieceVerifier | undefined;
}

export interface PieceWorkOptions {
  /** Looked up at every use: a verifier comes with the piece layer. */
  pieces(): Pieces;
  layout(): PieceLayout | undefined;
  /** Nobody waits for results any more. */
  ended(): boolean;
  /** Takes the result of a piece of work. */
  done(input: SwarmInput): void;
  /** A piece was stored for which nobody waits any more. */
  storedLate(piece: PieceIndex): void;
  /** Pieces can't be worked on. */
  failed(reason: string): void;
  /** The person's own file can't be read any more. */
  sourceFailed(error: unknown): void;
}

/** What a swarm wants done with pieces: verified, stored, read, and their blocks hashed. */
export class PieceWork {
  readonly #surroundings: Pick<Surroundings, 'crypto' | 'hasher'>;
  readonly #options: PieceWorkOptions;
  #writeFailure = '';

  constructor(surroundings: Pick<Surroundings, 'crypto' | 'hasher'>, options: PieceWorkOptions) {
    this.#surroundings = surroundings;
    this.#options = options;
  }

  /** Why the last piece that could not be stored was not. */
  get writeFailure(): string {
    return this.#writeFailure;
  }

  async verify({ operation, piece, bytes }: SwarmOutput & { type: 'verify' }): Promise<void> {
    const { verifier } = this.#options.pieces();
    const layout = this.#options.layout();
    try {
      const leaves = await this.#surroundings.hasher.leaves(bytes);
      const good =
        verifier !== undefined &&
        layout !== undefined &&
        accepts(this.#surroundings.crypto, verifier, layout, piece, leaves);
      this.#options.done({ type: 'verified', operation, good, leaves });
    } catch (error) {
      // Nothing is known of the piece, so nobody is to be blamed for it.
      if (!this.#options.ended()) this.#options.failed(String(error));
    }
  }

  store({ operation, piece, bytes }: SwarmOutput & { type: 'store' }): void {
    const { writer } = this.#options.pieces();
    if (writer === undefined) return this.#stored(operation, { type: 'failed', reason: 'not open' });
    writer.write(piece, bytes, (result) => {
      if (result.type === 'written') this.#options.pieces().reader?.keep(piece, bytes);
      if (this.#options.ended() && result.type === 'written') this.#options.storedLate(piece);
      else this.#stored(operation, result);
    });
  }

  async read({ operation, piece, begin, length }: SwarmOutput & { type: 'read' }): Promise<void> {
    try {
      const bytes = await this.#options.pieces().reader?.read(piece);
      this.#options.done({ type: 'read', operation, bytes: bytes?.subarray(begin, begin + length) });
    } catch (error) {
      if (!this.#options.ended()) this.#options.sourceFailed(error);
    }
  }

  async hashLeaves({ operation, piece }: SwarmOutput & { type: 'hashLeaves' }): Promise<void> {
    try {
      const bytes = await this.#options.pieces().reader?.read(piece);
      const leaves = bytes && (await this.#surroundings.hasher.leaves(bytes));
      this.#options.done({ type: 'leavesHashed', operation, leaves });
    } catch (error) {
      this.#options.done({ type: 'leavesHashed', operation, leaves: undefined });
      if (!this.#options.ended()) this.#options.sourceFailed(error);
    }
  }

  #stored(operation: Operation, result: WriteResult): void {
    if (result.type === 'failed') this.#writeFailure = result.reason;
    const told = result.type === 'written' ? 'stored' : result.type;
    this.#options.done({ type: 'stored', operation, result: told });
  }
}
