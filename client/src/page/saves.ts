import type { SaveFailure, SaveProgress } from '../serviceWorker/saveMessage.ts';
import type { SaveState } from '../ui/pageState.ts';

/** For so long it is said that a save is done. */
const SHOWN = 5000;

/** The saves that the page shows: those under way, what has just been saved, and what could not be. */
export class Saves {
  readonly #changed: () => void;
  readonly #saves = new Map<number, SaveState>();
  #next = 0;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get shown(): readonly SaveState[] {
    return [...this.#saves.values()];
  }

  get underWay(): boolean {
    return this.shown.some(({ type }) => type === 'saving');
  }

  /** Returns what is to be told how the save goes. */
  begin(name: string): (progress: SaveProgress) => void {
    const key = this.#next++;
    this.#set({ key, name, type: 'saving' });
    return (progress) => this.#follow(key, name, progress);
  }

  dismiss(key: number): void {
    if (this.#saves.delete(key)) this.#changed();
  }

  #follow(key: number, name: string, progress: SaveProgress): void {
    switch (progress.type) {
      case 'saving':
        break;
      case 'saved':
        this.#set({ key, name, type: 'saved' });
        setTimeout(() => this.dismiss(key), SHOWN);
        break;
      case 'failed':
        this.#failed(key, name, progress.failure);
    }
  }

  #failed(key: number, name: string, failure: SaveFailure): void {
    if (failure.code === 'cancelled') this.dismiss(key);
    else if (failure.code === 'too-large') this.#set({ key, name, type: 'too-large', limit: failure.limit });
    else if (failure.code === 'not-begun')
      this.#set({ key, name, type: 'not-begun', reason: failure.reason });
    else this.#set({ key, name, type: 'incomplete' });
  }

  #set(save: SaveState): void {
    this.#saves.set(save.key, save);
    this.#changed();
  }
}
