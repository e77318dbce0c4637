import type { InfoHash } from '../base/ids.ts';
import type { Storage, StoreLoss } from './ports.ts';
import type { ShareContent } from './shareContent.ts';
import type { ShareProblem } from './snapshot.ts';
import { storageProblem } from './storageProblem.ts';

/** A browser that clears its storage is done soon; one that fails for good is not asked for ever. */
const MOST_TRIES = 5;

export interface StoreOpeningEvents {
  /** Opened, or not: why. */
  opened(problem: ShareProblem | undefined): void;
  /** What was opened is there no more. */
  lost(loss: StoreLoss): void;
  /** Nothing is wanted of a store any more. */
  closed(): boolean;
}

/** The opening of a share's store, as often as it takes: the store may be lost again meanwhile. */
export class StoreOpening {
  readonly #storage: Storage;
  readonly #infoHash: InfoHash;
  readonly #content: ShareContent;
  readonly #events: StoreOpeningEvents;
  #opening = false;
  /** Of the store, while it was being opened. */
  #losses = 0;

  constructor(storage: Storage, infoHash: InfoHash, content: ShareContent, events: StoreOpeningEvents) {
    this.#storage = storage;
    this.#infoHash = infoHash;
    this.#content = content;
    this.#events = events;
  }

  get opening(): boolean {
    return this.#opening;
  }

  /** @param expected how many pieces were here before. */
  async open(expected = 0): Promise<void> {
    if (this.#opening) return;
    this.#opening = true;
    let losses: number;
    let problem: ShareProblem | undefined;
    let tries = 0;
    do {
      losses = this.#losses;
      problem = await this.#use(expected);
    } while (losses < this.#losses && ++tries < MOST_TRIES);
    this.#opening = false;
    this.#events.opened(problem);
  }

  async #use(expected: number): Promise<ShareProblem | undefined> {
    try {
      const store = await this.#storage.open(this.#infoHash, (loss) => this.#lost(loss));
      const pieces = await store.pieces().catch((error: unknown) => {
        store.close();
        throw error;
      });
      if (this.#events.closed()) store.close();
      else this.#content.useStore(store, pieces);
      return this.#content.have.size < expected ? { code: 'storage-gone' } : undefined;
    } catch (error) {
      return storageProblem(error);
    }
  }

  #lost(loss: StoreLoss): void {
    if (this.#opening) this.#losses++;
    else this.#events.lost(loss);
  }
}
