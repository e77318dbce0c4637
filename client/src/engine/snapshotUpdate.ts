import type { FileSnapshot, ShareSnapshot, Snapshot } from '@shoal/shared/host/snapshot.ts';

/** Rows of the open share: all of them, or only those that are not as they were. */
type FilesUpdate =
  | { readonly type: 'all'; readonly files: readonly FileSnapshot[] }
  | { readonly type: 'changed'; readonly files: readonly FileSnapshot[] };

type OpenUpdate = Omit<ShareSnapshot, 'files'> & { readonly files: FilesUpdate };

/** A snapshot on its way to the page: crossing a thread copies everything, so what is as it was stays behind. */
export interface SnapshotUpdate extends Omit<Snapshot, 'open' | 'shares'> {
  readonly shares: Snapshot['shares'] | 'same';
  readonly open: OpenUpdate | undefined;
}

/** The engine's end. Tells what has changed by reference: a session keeps what is unchanged. */
export class SnapshotSender {
  #sent: Snapshot | undefined;

  next(snapshot: Snapshot): SnapshotUpdate {
    const before = this.#sent;
    this.#sent = snapshot;
    const { open, shares } = snapshot;
    return {
      ...snapshot,
      shares: shares === before?.shares ? 'same' : shares,
      open: open && { ...open, files: filesUpdate(before?.open, open) },
    };
  }
}

/** The page's end: what has not changed keeps its reference here too, so that it need not be drawn again. */
export class SnapshotReceiver {
  #received: Snapshot | undefined;

  /** @param update each one that was sent, in order. */
  apply(update: SnapshotUpdate): Snapshot {
    const before = this.#received;
    const { open, shares } = update;
    this.#received = {
      ...update,
      shares: shares === 'same' ? (before?.shares ?? []) : shares,
      open: open && { ...open, files: filesOf(before?.open?.files ?? [], open.files) },
    };
    return this.#received;
  }
}

function filesUpdate(before: ShareSnapshot | undefined, { id, files }: ShareSnapshot): FilesUpdate {
  if (before?.id !== id || before.files.length !== files.length) return { type: 'all', files };
  return { type: 'changed', files: files.filter((file, place) => file !== before.files[place]) };
}

function filesOf(before: readonly FileSnapshot[], update: FilesUpdate): readonly FileSnapshot[] {
  if (update.type === 'all') return update.files;
  if (update.files.length === 0) return before;
  const files = [...before];
  for (const file of update.files) files[file.index] = file;
  return files;
}
