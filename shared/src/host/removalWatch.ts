import type { InfoHash } from '../base/ids.ts';
import type { PieceStore, Storage, StoreLoss } from './ports.ts';

/**
 * Hears of a share's removal in another tab where no piece of it is stored, for its own files are shared: a store that
 * stays empty is kept open, as a download's is.
 */
export class RemovalWatch {
  readonly #storage: Storage;
  readonly #infoHash: InfoHash;
  readonly #removed: () => void;
  #watching = false;
  #store: PieceStore | undefined;
  #ended = false;

  constructor(storage: Storage, infoHash: InfoHash, removed: () => void) {
    this.#storage = storage;
    this.#infoHash = infoHash;
    this.#removed = removed;
  }

  /** Until it has been removed, or `end`. A storage that refuses is no reason not to share. */
  begin(): void {
    if (this.#watching || this.#ended) return;
    this.#watching = true;
    this.#storage
      .open(this.#infoHash, (loss) => this.#lost(loss))
      .then(
        (store) => this.#opened(store),
        () => (this.#watching = false),
      );
  }

  end(): void {
    this.#ended = true;
    this.#store?.close();
  }

  #opened(store: PieceStore): void {
    if (this.#ended) store.close();
    else this.#store = store;
  }

  #lost(loss: StoreLoss): void {
    this.#watching = false;
    if (loss === 'removed') this.#removed();
  }
}
