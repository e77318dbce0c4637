import { equal, toHex, type Bytes } from '../base/bytes.ts';
import type { InfoHash } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import { parseFragment } from '../content/shareLink.ts';
import { Preparing, type PreparedShare, type PreparingTools } from './preparing.ts';
import type { Changes } from './publisher.ts';
import type { Share } from './share.ts';
import type { ShareList } from './shareList.ts';
import { newShareRecord, type ShareRecord } from './shareRecord.ts';
import { linkProblem, preparingSummary, problemSnapshot } from './shareSnapshot.ts';
import type { ChosenFile, ShareId, ShareProblem, ShareSnapshot, ShareSummary } from './snapshot.ts';
import { type Around, type View, viewSnapshot } from './view.ts';

const LOCAL_PAGE = /^https?:\/\/(?:localhost|127\.0\.0\.1)(?:[:/]|$)/;

interface OpenViewOptions extends PreparingTools {
  /** The page's own address, before the fragment. */
  readonly origin: string;
  /** URLs of trackers that a link made here names: the page's own, where they are elsewhere. */
  readonly trackers?: readonly string[];
}

/** How the trackers are. */
type TrackersAround = Pick<Around, 'tracker' | 'waysOf'>;

/** The view that is open, and whatever opens, changes or closes it: files to share, links, removals. */
export class OpenView {
  readonly #options: OpenViewOptions;
  readonly #shares: ShareList;
  readonly #changes: Changes;
  /** Shares being made, and those whose making has failed, the oldest first. */
  readonly #preparings = new Map<ShareId, Preparing>();
  #view: View = { type: 'none' };
  /** What was in view when it was removed. */
  #removed: Share | undefined;

  constructor(options: OpenViewOptions, shares: ShareList, changes: Changes) {
    this.#options = options;
    this.#shares = shares;
    this.#changes = changes;
  }

  /** Whether it is not known yet what is here of the share in view. */
  get opening(): boolean {
    return this.#view.type === 'share' && this.#view.share.opening;
  }

  /** Shares being made, as the list shows them: the newest first. */
  get preparing(): readonly ShareSummary[] {
    return [...this.#preparings.values()].reverse().map(({ snapshot }) => preparingSummary(snapshot));
  }

  /** What the page draws. */
  snapshot(now: Time, around: TrackersAround): ShareSnapshot | undefined {
    return viewSnapshot(this.#view, { now, ...around, linkOf: (share) => this.#shares.linkOf(share) });
  }

  close(): void {
    this.#show({ type: 'none' });
  }

  /** Opens a view of nothing but what is wrong. */
  tell(problem: ShareProblem): void {
    this.#show({ type: 'problem', snapshot: problemSnapshot(problem) });
  }

  /** Makes a share of these files. */
  async share(files: readonly ChosenFile[]): Promise<void> {
    if (files.length === 0) return;
    const { random } = this.#options;
    const preparing = new Preparing(toHex(random.bytes(8)), files, this.#options);
    this.#preparings.set(preparing.id, preparing);
    this.#show({ type: 'preparing', preparing });
    const prepared = await preparing.run(() => this.#changes.progressed());
    this.#changes.changed();
    if (prepared !== undefined) this.#made(preparing, prepared);
  }

  openLink(fragment: string): void {
    const { crypto, origin } = this.#options;
    const result = parseFragment(crypto, fragment, { allowLocalTrackers: LOCAL_PAGE.test(origin) });
    if (result.type === 'empty') return this.close();
    if (result.type !== 'link' || result.link.type !== 'private') return this.tell(linkProblem(result));
    const { infoHash, secret, trackers } = result.link;
    const known = this.#shares.known(infoHash);
    const share =
      known !== undefined && isFor(known, secret)
        ? known
        : this.#newcomer(infoHash, {
            ...newShareRecord('receiver', secret, this.#shares.nextOrder),
            trackers: [...trackers],
          });
    share.learnTrackers(trackers);
    this.#shares.restore(share, { order: this.#shares.nextOrder, wanted: false, paused: false });
    this.#show({ type: 'share', share });
  }

  openShare(id: ShareId): void {
    const preparing = this.#preparings.get(id);
    if (preparing !== undefined) return this.#show({ type: 'preparing', preparing });
    const share = this.#shares.get(id);
    if (share !== undefined) this.#show({ type: 'share', share });
  }

  remove(id: ShareId): void {
    const preparing = this.#preparings.get(id);
    preparing?.giveUp();
    this.#preparings.delete(id);
    const share = this.#shares.get(id);
    if (share !== undefined) this.#shares.remove(share);
    if (!this.#isOf(share) && !this.#isOf(preparing) && this.#view.type !== 'problem') return;
    this.#removed = share;
    this.close();
  }

  undoRemove(id: ShareId): void {
    const share = this.#shares.known(id);
    if (share === undefined) return;
    this.#shares.restore(share);
    if (this.#removed === share && this.#view.type === 'none') this.#show({ type: 'share', share });
  }

  /** Whatever is being made is given up. */
  end(): void {
    for (const preparing of this.#preparings.values()) preparing.giveUp();
  }

  #made(preparing: Preparing, { metainfo, layer, secret }: PreparedShare): void {
    this.#preparings.delete(preparing.id);
    const record = {
      ...newShareRecord('sharer', secret, this.#shares.nextOrder),
      trackers: [...(this.#options.trackers ?? [])],
      info: metainfo.info,
      layer: layer?.bytes,
    };
    const share = this.#shares.add(metainfo.infoHash, record);
    void this.#shares.save(share);
    share.begin(preparing.files);
    if (this.#isOf(preparing)) this.#show({ type: 'share', share });
  }

  /** Takes the place of a share of the same content whose key has not been found right. */
  #newcomer(infoHash: InfoHash, record: ShareRecord): Share {
    this.#shares.drop(infoHash);
    const share = this.#shares.add(infoHash, record);
    void this.#shares.save(share);
    share.resume();
    return share;
  }

  #isOf(subject: Share | Preparing | undefined): boolean {
    if (this.#view.type === 'share') return this.#view.share === subject;
    return this.#view.type === 'preparing' && this.#view.preparing === subject;
  }

  #show(view: View): void {
    this.#view = view;
    this.#changes.changed();
  }
}

/** Whether the share was opened with this key, or with one that was found right. */
function isFor({ content, record }: Share, secret: Bytes): boolean {
  return content.metainfo !== undefined || equal(record.secret, secret);
}
