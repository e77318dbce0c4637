import { equal, toHex, type Bytes } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import type { InfoHash } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import { TokenBucket } from '../base/tokenBucket.ts';
import { parseFragment } from '../content/shareLink.ts';
import type { ConnectionBudget } from '../swarm/context.ts';
import { PageBudget } from './connectionBudget.ts';
import { keep } from './keep.ts';
import { PeerDirectory } from './peerDirectory.ts';
import type {
  Clock,
  Hasher,
  IceServer,
  Storage,
  Tracker,
  TrackerEvents,
  Transport,
  TransportEvents,
} from './ports.ts';
import { Preparing } from './preparing.ts';
import { Publisher } from './publisher.ts';
import type { Share } from './share.ts';
import { ShareList } from './shareList.ts';
import { newShareRecord, type ShareRecord } from './shareRecord.ts';
import { linkProblem, preparingSummary, problemSnapshot } from './shareSnapshot.ts';
import type { ChosenFile, Command, Settings, ShareId, ShareSnapshot, Snapshot } from './snapshot.ts';
import { storageProblem } from './storageProblem.ts';
import type { Connection, Surroundings } from './surroundings.ts';
import { transportEvents } from './transportEvents.ts';
import { isBeingOpened, type View, viewSnapshot } from './view.ts';

const KIB = 1024;
const LOCAL_PAGE = /^https?:\/\/(?:localhost|127\.0\.0\.1)(?:[:/]|$)/;

export interface SessionOptions {
  readonly crypto: Crypto;
  readonly random: Random;
  readonly clock: Clock;
  readonly hasher: Hasher;
  readonly storage: Storage;
  /** Whether it outlives the tab; it does when nothing is said. */
  readonly storageType?: Snapshot['storage'];
  /** Given its handlers, which it may call from then on. */
  transport(events: TransportEvents): Transport;
  tracker(events: TrackerEvents): Tracker;
  /** Calls when the machine has slept, perhaps; returns how to call it off. */
  watchSleep(woke: () => void): () => void;
  /** The page's own address, before the fragment. */
  readonly origin: string;
  readonly settings: Settings;
  /** Of all connections of the page; 60 unless told otherwise. */
  readonly budget?: ConnectionBudget;
  /** Called at most ten times a second, with a new object each time something has changed. */
  show(snapshot: Snapshot): void;
}

/** Whether commands are taken: those that come too early wait, so that no share is made that is remembered already. */
type Phase =
  | { readonly type: 'starting'; readonly waiting: Command[] }
  | { readonly type: 'running' }
  | { readonly type: 'ended' };

/** Everything a tab does: its shares, the view that is open, and the commands of the person before it. */
export class Session {
  readonly #options: SessionOptions;
  readonly #upload: TokenBucket;
  readonly #publisher: Publisher;
  readonly #shares: ShareList;
  readonly #stopWatch: () => void;
  /** Shares being made, and those whose making has failed, the oldest first. */
  readonly #preparings = new Map<ShareId, Preparing>();
  #phase: Phase = { type: 'starting', waiting: [] };
  #settings: Settings;
  #view: View = { type: 'none' };
  #viewRemoved: Share | undefined;
  #tracker: ShareSnapshot['tracker'] = 'connecting';
  #ice: readonly IceServer[] = [];
  #shown: Snapshot | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#upload = new TokenBucket(bytesASecond(options.settings));
    this.#publisher = new Publisher(options.clock, () => options.show((this.#shown = this.#snapshot())));
    const { crypto, random, clock, hasher, storage, origin } = options;
    const directory = new PeerDirectory<Connection>();
    const surroundings: Surroundings = {
      crypto,
      random,
      clock,
      hasher,
      transport: options.transport(transportEvents(directory)),
      tracker: options.tracker(this.#trackerEvents()),
      budget: options.budget ?? new PageBudget(),
      upload: this.#upload,
      directory,
      ice: () => ({ servers: this.#ice, policy: this.#settings.relayOnly ? 'relay' : 'all' }),
    };
    this.#shares = new ShareList(surroundings, storage, origin, () => this.#changed());
    this.#stopWatch = options.watchSleep(() => {
      for (const share of this.#shares) share.participation?.woke();
    });
  }

  /** Takes up every remembered share where it was left. A storage that fails is told in the view. */
  async start(): Promise<void> {
    try {
      await this.#shares.recall();
    } catch (error) {
      this.#show({
        type: 'problem',
        snapshot: problemSnapshot(storageProblem(error)),
      });
    }
    const early = this.#phase.type === 'starting' ? this.#phase.waiting : [];
    if (this.#phase.type === 'starting') this.#phase = { type: 'running' };
    else this.#shares.end();
    for (const command of early) this.command(command);
    this.#changed();
  }

  /** What comes before the session has started waits until then. */
  command(command: Command): void {
    if (this.#phase.type === 'starting') this.#phase.waiting.push(command);
    if (this.#phase.type !== 'running') return;
    this.#obey(command);
    this.#changed();
  }

  /** A share by its id, to save its files from. */
  share(id: ShareId): Share | undefined {
    return this.#shares.get(id);
  }

  /** Leaves every swarm and says so: the page is going. */
  end(): void {
    this.#phase = { type: 'ended' };
    this.#stopWatch();
    this.#publisher.stop();
    for (const preparing of this.#preparings.values()) preparing.giveUp();
    this.#shares.end();
  }

  #obey(command: Command): void {
    switch (command.type) {
      case 'share':
        return void this.#prepare(command.files);
      case 'open-link':
        return this.#openLink(command.fragment);
      case 'open-share':
        return this.#openShare(command.id);
      case 'close-view':
        return this.#show({ type: 'none' });
      case 'download':
        return this.#shares.get(command.id)?.download();
      case 'pause':
        return this.#shares.get(command.id)?.pause();
      case 'resume':
        return this.#shares.get(command.id)?.unpause();
      case 'remove':
        return this.#remove(command.id);
      case 'undo-remove':
        return this.#undoRemove(command.id);
      case 'give-files':
        return this.#shares.get(command.id)?.giveFiles(command.files);
      case 'leave-out':
        return this.#shares.get(command.id)?.leaveOut(command.files);
      case 'set-relay-only':
        return this.#setRelayOnly(command.on);
      case 'set-upload-limit':
        this.#settings = { ...this.#settings, uploadLimit: command.limit };
        return this.#upload.limit(bytesASecond(this.#settings));
    }
  }

  async #prepare(files: readonly ChosenFile[]): Promise<void> {
    if (files.length === 0) return;
    const { random } = this.#options;
    const preparing = new Preparing(toHex(random.bytes(8)), files, this.#options);
    this.#preparings.set(preparing.id, preparing);
    this.#show({ type: 'preparing', preparing });
    const prepared = await preparing.run(() => this.#changed());
    this.#changed();
    if (prepared === undefined) return;
    this.#preparings.delete(preparing.id);
    const { metainfo, layer, secret } = prepared;
    const record = {
      ...newShareRecord('sharer', secret, this.#shares.nextOrder),
      info: metainfo.info,
      layer: layer?.bytes,
    };
    const share = this.#shares.add(metainfo.infoHash, record);
    void this.#shares.save(share);
    share.begin(preparing.files);
    if (this.#view.type === 'preparing' && this.#view.preparing === preparing)
      this.#show({ type: 'share', share });
  }

  #openLink(fragment: string): void {
    const { crypto, origin } = this.#options;
    const result = parseFragment(crypto, fragment, { allowLocalTrackers: LOCAL_PAGE.test(origin) });
    if (result.type === 'empty') return this.#show({ type: 'none' });
    if (result.type !== 'link' || result.link.type !== 'private')
      return this.#show({ type: 'problem', snapshot: problemSnapshot(linkProblem(result)) });
    const { infoHash, secret, trackers } = result.link;
    const known = this.#shares.known(infoHash);
    const share =
      known !== undefined && isFor(known, secret)
        ? known
        : this.#newcomer(infoHash, {
            ...newShareRecord('receiver', secret, this.#shares.nextOrder),
            trackers: [...trackers],
          });
    this.#shares.restore(share, { order: this.#shares.nextOrder, wanted: false, paused: false });
    this.#show({ type: 'share', share });
  }

  /** Takes the place of a share of the same content whose key has not been found right. */
  #newcomer(infoHash: InfoHash, record: ShareRecord): Share {
    this.#shares.drop(infoHash);
    const share = this.#shares.add(infoHash, record);
    void this.#shares.save(share);
    share.resume();
    return share;
  }

  #openShare(id: ShareId): void {
    const preparing = this.#preparings.get(id);
    if (preparing !== undefined) return this.#show({ type: 'preparing', preparing });
    const share = this.#shares.get(id);
    if (share !== undefined) this.#show({ type: 'share', share });
  }

  #remove(id: ShareId): void {
    const preparing = this.#preparings.get(id);
    preparing?.giveUp();
    this.#preparings.delete(id);
    const share = this.#shares.get(id);
    if (share !== undefined) this.#shares.remove(share);
    if (!this.#views(share) && !this.#views(preparing) && this.#view.type !== 'problem') return;
    this.#viewRemoved = share;
    this.#show({ type: 'none' });
  }

  #views(subject: Share | Preparing | undefined): boolean {
    if (this.#view.type === 'share') return this.#view.share === subject;
    return this.#view.type === 'preparing' && this.#view.preparing === subject;
  }

  #undoRemove(id: ShareId): void {
    const share = this.#shares.known(id);
    if (share === undefined) return;
    this.#shares.restore(share);
    if (this.#viewRemoved === share && this.#view.type === 'none') this.#show({ type: 'share', share });
  }

  /** Connections made before would go on telling others our address. */
  #setRelayOnly(on: boolean): void {
    if (this.#settings.relayOnly === on) return;
    this.#settings = { ...this.#settings, relayOnly: on };
    for (const share of this.#shares) share.reconnect();
  }

  #show(view: View): void {
    this.#view = view;
    this.#changed();
  }

  /** Nothing is shown before the start; then at first what is here of the share that is open must be known. */
  #changed(): void {
    if (this.#phase.type === 'starting') return;
    if (this.#shown !== undefined || !isBeingOpened(this.#view)) this.#publisher.changed();
  }

  #snapshot(): Snapshot {
    const preparing = [...this.#preparings.values()]
      .reverse()
      .map(({ snapshot }) => preparingSummary(snapshot));
    return {
      shares: keep(this.#shown?.shares, [...preparing, ...this.#shares.summaries]),
      removed: keep(this.#shown?.removed, this.#shares.removed),
      open: viewSnapshot(this.#view, {
        now: this.#options.clock.now(),
        tracker: this.#tracker,
        linkOf: (share) => this.#shares.linkOf(share),
      }),
      settings: this.#settings,
      relays: this.#ice.some(isRelay),
      storage: this.#options.storageType ?? 'lasting',
    };
  }

  #trackerEvents(): TrackerEvents {
    return {
      connected: (ice) => {
        this.#ice = ice;
        this.#tracker = 'connected';
        for (const share of this.#shares) share.participation?.trackerReconnected();
        this.#changed();
      },
      ice: (servers) => {
        this.#ice = servers;
        this.#changed();
      },
      disconnected: () => {
        this.#tracker = 'unreachable';
        this.#changed();
      },
      signalled: (infoHash, to, from, sealed) => {
        this.#shares.get(infoHash)?.participation?.sealedSignal(to, from, sealed);
      },
    };
  }
}

/** Whether the share was opened with this key, or with one that was found right. */
function isFor({ content, record }: Share, secret: Bytes): boolean {
  return content.metainfo !== undefined || equal(record.secret, secret);
}

function isRelay({ urls }: IceServer): boolean {
  return [urls].flat().some((url) => /^turns?:/i.test(url));
}

function bytesASecond({ uploadLimit }: Settings): number | undefined {
  return uploadLimit === undefined ? undefined : uploadLimit * KIB;
}
