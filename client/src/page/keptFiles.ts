import type { Command, ShareId, Snapshot } from '@shoal/shared/host/snapshot.ts';
import type { AgainState, Choice } from '../ui/pageState.ts';
import { GivingAgain } from './givingAgain.ts';
import { HandleKeeper } from './handleKeeper.ts';
import { indexedDbHandles } from './handleStore.ts';

/** What this browser's shares were made from, as far as it can be read again: kept, and given again. */
export class KeptFiles {
  readonly #keeper: HandleKeeper;
  readonly #giving: GivingAgain;

  /** @param changed told when `again` did, outside of `follow`. */
  constructor(send: (command: Command) => void, changed: () => void) {
    const store = indexedDbHandles();
    this.#keeper = new HandleKeeper(store);
    this.#giving = new GivingAgain(store, send, changed);
  }

  get again(): AgainState | undefined {
    return this.#giving.state;
  }

  /** Before the share that is made of it is in a snapshot. */
  chosen(choice: Choice): void {
    this.#keeper.chosen(choice);
  }

  follow(snapshot: Snapshot): void {
    void this.#keeper.follow(snapshot);
    void this.#giving.follow(snapshot);
  }

  /** Call from a press. */
  giveAgain(id: ShareId): void {
    void this.#giving.give(id);
  }
}
