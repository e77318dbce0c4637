import { isInfoHash, type InfoHash } from '../base/ids.ts';
import { SECOND } from '../base/time.ts';
import { formatFragment } from '../content/shareLink.ts';
import { keep } from './keep.ts';
import type { Storage } from './ports.ts';
import type { Changes } from './publisher.ts';
import { Share } from './share.ts';
import { parseShareRecord, type ShareRecord } from './shareRecord.ts';
import { summaryOf } from './shareSnapshot.ts';
import type { RemovedShare, ShareId, ShareSummary } from './snapshot.ts';
import type { Surroundings } from './surroundings.ts';

/** How long a removal can be taken back. */
export const UNDO_TIME = 6 * SECOND;

interface Entry {
  readonly share: Share;
  link: string;
  summary: ShareSummary | undefined;
}

interface Removal {
  readonly shown: RemovedShare;
  /** The deletion that is to come. */
  readonly callOff: () => void;
}

/** The shares this browser remembers, in memory and in the storage, and those that were just removed. */
export class ShareList {
  readonly #surroundings: Surroundings;
  readonly #storage: Storage;
  readonly #origin: string;
  readonly #changes: Changes;
  readonly #entries = new Map<InfoHash, Entry>();
  /** In the order of removal. */
  readonly #removals = new Map<InfoHash, Removal>();

  /** @param origin the page's own address, before the fragment. */
  constructor(surroundings: Surroundings, storage: Storage, origin: string, changes: Changes) {
    this.#surroundings = surroundings;
    this.#storage = storage;
    this.#origin = origin;
    this.#changes = changes;
  }

  /**
   * Takes up every remembered share where it was left, and deletes those whose removal was not taken back.
   * @throws what the storage throws.
   */
  async recall(): Promise<void> {
    for (const [infoHash, stored] of await this.#storage.records()) {
      const record = parseShareRecord(stored);
      if (record?.removed === true) this.#erase(infoHash);
      else if (record !== undefined) this.add(infoHash, record).resume();
    }
  }

  get(id: ShareId): Share | undefined {
    const share = this.known(id);
    return share?.record.removed === false ? share : undefined;
  }

  /** Also when it was just removed. */
  known(id: ShareId): Share | undefined {
    return isInfoHash(id) ? this.#entries.get(id)?.share : undefined;
  }

  /** All that are not removed. */
  *[Symbol.iterator](): Generator<Share> {
    for (const { share } of this.#entries.values()) if (!share.record.removed) yield share;
  }

  /** A share that is remembered already, or will be as soon as it is saved. */
  add(infoHash: InfoHash, record: ShareRecord): Share {
    const share = new Share(infoHash, record, this.#surroundings, this.#storage, {
      ...this.#changes,
      recordChanged: (changed, former) => {
        const entry = this.#entries.get(infoHash);
        if (entry?.share === share && changed.trackers !== former.trackers)
          entry.link = this.#linkTo(infoHash, changed);
        void this.save(share);
      },
    });
    this.#entries.set(infoHash, { share, link: this.#linkTo(infoHash, record), summary: undefined });
    return share;
  }

  async save(share: Share): Promise<void> {
    try {
      await this.#storage.save(share.infoHash, share.record);
    } catch (error) {
      share.notRemembered(error);
    }
  }

  /** Greater than that of every share so far. */
  get nextOrder(): number {
    return Math.max(0, ...[...this.#entries.values()].map(({ share }) => share.record.order)) + 1;
  }

  linkOf({ infoHash }: Share): string | undefined {
    return this.#entries.get(infoHash)?.link;
  }

  /** The newest first. What has not changed keeps its reference. */
  get summaries(): readonly ShareSummary[] {
    return [...this.#entries.values()]
      .filter(({ share }) => !share.record.removed)
      .sort((a, b) => b.share.record.order - a.share.record.order)
      .map((entry) => (entry.summary = keep(entry.summary, summaryOf(entry.share, entry.link))));
  }

  /** The last removed first. */
  get removed(): readonly RemovedShare[] {
    return [...this.#removals.values()].map(({ shown }) => shown).reverse();
  }

  /** Stops the share and takes it out of sight; deletes it when that is not taken back. */
  remove(share: Share): void {
    const { clock } = this.#surroundings;
    const { infoHash } = share;
    share.hide();
    const callOff = clock.at(clock.now() + UNDO_TIME, () => this.#delete(share));
    this.#removals.set(infoHash, { shown: { id: infoHash, title: share.content.title }, callOff });
  }

  /** Takes a removal back, with changes to what is remembered. */
  restore(share: Share, change: Partial<ShareRecord> = {}): void {
    const removal = this.#removals.get(share.infoHash);
    if (removal === undefined) return;
    removal.callOff();
    this.#removals.delete(share.infoHash);
    share.unhide(change);
  }

  /** Lets go of a share without forgetting it: another takes its place. */
  drop(infoHash: InfoHash): void {
    this.#removals.get(infoHash)?.callOff();
    this.#removals.delete(infoHash);
    this.#entries.get(infoHash)?.share.close();
    this.#entries.delete(infoHash);
  }

  end(): void {
    for (const { share } of this.#entries.values()) share.close();
    for (const { callOff } of this.#removals.values()) callOff();
  }

  #delete(share: Share): void {
    this.drop(share.infoHash);
    this.#erase(share.infoHash);
    this.#changes.changed();
  }

  /** What cannot be deleted now is still marked as removed when the next session begins. */
  #erase(infoHash: InfoHash): void {
    this.#storage.remove(infoHash).catch(() => undefined);
  }

  #linkTo(infoHash: InfoHash, { secret, trackers }: ShareRecord): string {
    const link = { type: 'private', infoHash, secret, trackers } as const;
    return `${this.#origin}#${formatFragment(this.#surroundings.crypto, link)}`;
  }
}
