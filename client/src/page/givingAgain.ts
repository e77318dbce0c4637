import type { ChosenFile, Command, ShareId, ShareSnapshot, Snapshot } from '@shoal/shared/host/snapshot.ts';
import { handleFiles } from '../ui/files/handleFiles.ts';
import type { AgainState } from '../ui/pageState.ts';
import type { HandleStore } from './handleStore.ts';
import { askToRead, mayRead } from './readPermission.ts';

interface Want {
  readonly id: ShareId;
  readonly code: 'files-needed' | 'file-unreadable';
}

/** Gives a share its files again from the handles that were kept: by itself where it may, else when told to. */
export class GivingAgain {
  readonly #store: Pick<HandleStore, 'get'>;
  readonly #send: (command: Command) => void;
  readonly #changed: () => void;
  #want: Want | undefined;
  #roots: readonly FileSystemHandle[] = [];
  #state: AgainState | undefined;
  /** Nothing is given by itself twice: a share that asks again does so for a reason. */
  readonly #given = new Set<ShareId>();

  /** @param changed told when `state` did, outside of `follow`. */
  constructor(store: Pick<HandleStore, 'get'>, send: (command: Command) => void, changed: () => void) {
    this.#store = store;
    this.#send = send;
    this.#changed = changed;
  }

  /** Of the share whose view is open. */
  get state(): AgainState | undefined {
    return this.#state;
  }

  async follow({ open }: Snapshot): Promise<void> {
    const want = open && wantOf(open);
    if (want?.id === this.#want?.id && want?.code === this.#want?.code) return;
    this.#want = want;
    this.#state = undefined;
    if (want === undefined) return;
    const roots = await this.#store.get(want.id);
    if (roots === undefined) return;
    const unasked = want.code === 'files-needed' && !this.#given.has(want.id) && (await mayRead(roots));
    if (this.#want !== want) return;
    this.#roots = roots;
    if (unasked) await this.#read(want, roots);
    else this.#become(want, 'offered');
  }

  /** Call from a press. */
  async give(id: ShareId): Promise<void> {
    const want = this.#want;
    if (want?.id !== id || this.#state === undefined || this.#state === 'reading') return;
    const roots = this.#roots;
    const allowed = askToRead(roots);
    this.#become(want, 'reading');
    if (await allowed) await this.#read(want, roots);
    else this.#become(want, 'refused');
  }

  async #read(want: Want, roots: readonly FileSystemHandle[]): Promise<void> {
    this.#become(want, 'reading');
    const result = await handleFiles(roots);
    if (this.#want !== want) return;
    if (result.type === 'files') this.#give(want, result.files);
    this.#become(want, result.type === 'files' ? 'offered' : 'gone');
  }

  #give({ id }: Want, files: readonly ChosenFile[]): void {
    this.#given.add(id);
    this.#send({ type: 'give-files', id, files });
  }

  #become(want: Want, state: AgainState): void {
    if (this.#want !== want) return;
    this.#state = state;
    this.#changed();
  }
}

function wantOf({ id, role, problem }: ShareSnapshot): Want | undefined {
  const code = problem?.code;
  if (role !== 'sharer' || (code !== 'files-needed' && code !== 'file-unreadable')) return undefined;
  return { id, code };
}
