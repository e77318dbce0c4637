import { safePaths } from '@shoal/shared/content/names.ts';
import type { ShareId, ShareSnapshot, Snapshot } from '@shoal/shared/host/snapshot.ts';
import type { Choice } from '../ui/pageState.ts';
import type { HandleStore } from './handleStore.ts';

interface Waiting {
  readonly choice: Choice;
  readonly files: string;
  /** Shares that were there before the files were chosen. */
  readonly known: ReadonlySet<ShareId>;
}

/** Keeps what a share was made from for as long as this browser remembers the share. */
export class HandleKeeper {
  readonly #store: HandleStore;
  #waiting: readonly Waiting[] = [];
  #own: ReadonlySet<ShareId> = new Set();
  /** Of shares just removed, in case that is taken back. */
  readonly #removed = new Map<ShareId, readonly FileSystemHandle[]>();

  constructor(store: HandleStore) {
    this.#store = store;
  }

  /** A choice waits until a share with a link shows that it was made from it. */
  chosen(choice: Choice): void {
    const { id, files, roots } = choice;
    this.#waiting = this.#waiting.filter((waiting) => id === undefined || waiting.choice.id !== id);
    if (roots.length === 0) return;
    const paths = safePaths(files.map(({ path }) => path));
    const key = keyOf(files.map(({ file }, place) => ({ path: paths[place] ?? [], size: file.size })));
    this.#waiting = [...this.#waiting, { choice, files: key, known: this.#own }];
  }

  async follow(snapshot: Snapshot): Promise<void> {
    const before = this.#own;
    const now = new Set(snapshot.shares.filter(({ role }) => role === 'sharer').map(({ id }) => id));
    this.#own = now;
    const gone = [...before].filter((id) => !now.has(id));
    const back = [...now].filter((id) => !before.has(id));
    this.#forget(snapshot);
    await Promise.all([
      this.#keepFor(snapshot.open),
      ...gone.map((id) => this.#remove(id)),
      ...back.map((id) => this.#bringBack(id)),
    ]);
  }

  async #keepFor(open: ShareSnapshot | undefined): Promise<void> {
    if (this.#waiting.length === 0 || open?.link === undefined || open.problem !== undefined) return;
    const files = keyOf(open.files);
    const made = this.#waiting.find((waiting) => waiting.files === files && fits(waiting, open.id));
    if (made === undefined) return;
    this.#waiting = this.#waiting.filter((waiting) => waiting !== made);
    await this.#store.set(open.id, made.choice.roots);
  }

  /** At once, so that nothing stays when the tab is closed before the removal is final. */
  async #remove(id: ShareId): Promise<void> {
    const roots = await this.#store.get(id);
    if (roots === undefined) return;
    this.#removed.set(id, roots);
    await this.#store.delete(id);
    if (this.#own.has(id)) await this.#bringBack(id);
  }

  async #bringBack(id: ShareId): Promise<void> {
    const roots = this.#removed.get(id);
    this.#removed.delete(id);
    if (roots !== undefined) await this.#store.set(id, roots);
  }

  #forget({ shares, removed }: Snapshot): void {
    for (const id of this.#removed.keys())
      if (![...shares, ...removed].some((share) => share.id === id)) this.#removed.delete(id);
  }
}

function fits({ choice, known }: Waiting, id: ShareId): boolean {
  return choice.id === undefined ? !known.has(id) : choice.id === id;
}

/** The same for the same paths and sizes, in any order. */
function keyOf(files: readonly { readonly path: readonly string[]; readonly size: number }[]): string {
  return JSON.stringify(files.map(({ path, size }) => [path.join('/'), size].join('\n')).sort());
}
