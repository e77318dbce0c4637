import type { Time } from '../src/base/time.ts';
import type { PieceIndex } from '../src/content/layout.ts';
import type { SwarmOutput } from '../src/swarm/io.ts';
import type { Happening } from './trace.ts';
import type { World } from './world.ts';

/** What happens to one peer: whoever looks on is told at once, and some of it is kept. */
export class PeerDiary {
  /** When it had everything. */
  completedAt: Time | undefined;
  /** Whom it has dropped, and why. */
  readonly dropped: (SwarmOutput & { type: 'dropped' })[] = [];
  readonly #world: World;
  readonly #name: string;

  constructor(world: World, name: string) {
    this.#world = world;
    this.#name = name;
  }

  tell(happening: Happening): void {
    this.#world.trace?.(this.#world.now, happening);
  }

  /** It comes, goes or stands still. */
  is(type: 'left' | 'crashed' | 'asleep' | 'awake'): void {
    this.tell({ type, peer: this.#name });
  }

  pieceIs(type: 'had' | 'lost', piece: PieceIndex): void {
    this.tell({ type, peer: this.#name, piece });
  }

  completes(): void {
    this.completedAt ??= this.#world.now;
    this.tell({ type: 'completed', peer: this.#name });
  }

  drops(output: SwarmOutput & { type: 'dropped' }): void {
    this.dropped.push(output);
    const { peer: id, reason, banned } = output;
    this.tell({ type: 'dropped', peer: this.#name, id, reason, banned });
  }
}
