import type { Crypto } from '../base/crypto.ts';
import type { Random } from '../base/random.ts';
import { TokenBucket } from '../base/tokenBucket.ts';
import { splitInviteLink } from '../content/inviteLink.ts';
import { PageBudget, type SessionBudget } from './connectionBudget.ts';
import { FirstContact } from './firstContact.ts';
import { keep } from './keep.ts';
import { OpenView } from './openView.ts';
import { overlaySnapshot } from './overlaySnapshot.ts';
import { type MakeOverlay, OverlaySwitch, type OverlayTools } from './overlaySwitch.ts';
import { PeerDirectory } from './peerDirectory.ts';
import { PieceCache } from './pieceCache.ts';
import type {
  Clock,
  Hasher,
  IceServer,
  RunHasher,
  Storage,
  Tracker,
  TrackerEvents,
  Transport,
  TransportEvents,
} from './ports.ts';
import { type Changes, Publisher } from './publisher.ts';
import type { Share } from './share.ts';
import { ShareList } from './shareList.ts';
import type { Command, Settings, ShareId, ShareSnapshot, Snapshot } from './snapshot.ts';
import { storageProblem } from './storageProblem.ts';
import type { ConnectionOwner, Surroundings } from './surroundings.ts';
import type { Around } from './view.ts';
import { shownWays } from './ways.ts';
import { transportEvents } from './transportEvents.ts';

const KIB = 1024;

export interface SessionOptions {
  readonly crypto: Crypto;
  readonly random: Random;
  readonly clock: Clock;
  readonly hasher: Hasher;
  readonly runs: RunHasher;
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
  /** URLs of trackers that a link made here names: the page's own, where they are elsewhere. */
  readonly trackers?: readonly string[];
  readonly settings: Settings;
  /** Fetches what is needed to find others without a server; without it only trackers and peers tell of others. */
  loadOverlay?: (() => Promise<MakeOverlay>) | undefined;
  /** Of all connections of the page; 60 unless told otherwise. */
  readonly budget?: SessionBudget;
  /** Called with a new object when something has changed: as often as `Publisher` says. */
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
  readonly #surroundings: Surroundings;
  readonly #overlay: OverlaySwitch;
  readonly #firstContact: FirstContact;
  readonly #shares: ShareList;
  readonly #view: OpenView;
  readonly #stopWatch: () => void;
  readonly #changes: Changes = {
    changed: () => this.#changed(),
    progressed: () => {
      if (this.#shows) this.#publisher.progressed();
    },
  };
  #phase: Phase = { type: 'starting', waiting: [] };
  #settings: Settings;
  #tracker: ShareSnapshot['tracker'] = 'connecting';
  #ice: readonly IceServer[] = [];
  #shown: Snapshot | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#upload = new TokenBucket(bytesASecond(options.settings));
    this.#publisher = new Publisher(options.clock, () => options.show((this.#shown = this.#snapshot())));
    const { crypto, random, clock, hasher, storage, origin } = options;
    const directory = new PeerDirectory<ConnectionOwner>();
    const tools: OverlayTools = {
      crypto,
      random,
      clock,
      hasher,
      cache: new PieceCache(),
      transport: options.transport(transportEvents(directory)),
      tracker: options.tracker(this.#trackerEvents()),
      budget: options.budget ?? new PageBudget(),
      upload: this.#upload,
      directory,
      ice: () => ({ servers: this.#ice, policy: this.#settings.relayOnly ? 'relay' : 'all' }),
      changed: () => {
        for (const share of this.#shares) share.participation?.trackersChanged();
        this.#firstContact.follow();
        this.#changed();
      },
    };
    const setting = options.settings.dht ?? 'whileSharing';
    this.#overlay = new OverlaySwitch({ load: options.loadOverlay, tools, setting });
    this.#firstContact = new FirstContact(this.#overlay, () => this.#changed());
    this.#surroundings = { ...tools, overlay: this.#overlay };
    this.#shares = new ShareList(this.#surroundings, storage, origin, this.#changes);
    this.#view = new OpenView(options, this.#shares, this.#changes);
    this.#stopWatch = options.watchSleep(() => {
      for (const share of this.#shares) share.participation?.woke();
      this.#overlay.woke();
    });
  }

  /** Takes up every remembered share where it was left. A storage that fails is told in the view. */
  async start(): Promise<void> {
    try {
      await this.#shares.recall();
    } catch (error) {
      this.#view.tell(storageProblem(error));
    }
    const early = this.#phase.type === 'starting' ? this.#phase.waiting : [];
    if (this.#phase.type === 'starting') this.#phase = { type: 'running' };
    else this.#shares.end();
    this.#overlay.start();
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

  /** The page is on another network, or on one again: nobody waits for what is open to show that it leads nowhere. */
  networkChanged(): void {
    if (this.#phase.type === 'ended') return;
    for (const share of this.#shares) share.participation?.networkChanged();
    this.#surroundings.tracker.reconnect();
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
    this.#view.end();
    this.#shares.end();
    this.#overlay.end();
  }

  #obey(command: Command): void {
    switch (command.type) {
      case 'share':
        return void this.#view.share(command.files);
      case 'open-link':
        return this.#openLink(command.fragment);
      case 'open-share':
        return this.#view.openShare(command.id);
      case 'close-view':
        return this.#view.close();
      case 'download':
        return this.#shares.get(command.id)?.download();
      case 'ask-trackers':
        return this.#shares.get(command.id)?.askTrackers();
      case 'pause':
        return this.#shares.get(command.id)?.pause();
      case 'resume':
        return this.#shares.get(command.id)?.unpause();
      case 'remove':
        return this.#view.remove(command.id);
      case 'undo-remove':
        return this.#view.undoRemove(command.id);
      case 'give-files':
        return this.#shares.get(command.id)?.giveFiles(command.files);
      case 'leave-out':
        return this.#shares.get(command.id)?.leaveOut(command.files);
      case 'make-invitation':
        return this.#invite(command.share);
      case 'take-code':
        return void this.#firstContact.take(command.code);
      case 'end-invitation':
        return this.#firstContact.end();
      case 'set-dht':
        this.#settings = { ...this.#settings, dht: command.to };
        return this.#overlay.set(command.to);
      case 'set-relay-only':
        return this.#setRelayOnly(command.on);
      case 'set-upload-limit':
        this.#settings = { ...this.#settings, uploadLimit: command.limit };
        return this.#upload.limit(bytesASecond(this.#settings));
    }
  }

  /** A link may carry an invitation by somebody who has the share. */
  #openLink(fragment: string): void {
    const { link, code } = splitInviteLink(fragment);
    this.#view.openLink(link);
    if (code !== undefined) void this.#firstContact.take(code);
  }

  #invite(id: ShareId | undefined): void {
    const share = id === undefined ? undefined : this.#shares.get(id);
    void this.#firstContact.make(id, share && this.#shares.linkOf(share));
  }

  /** Connections made before would go on telling others our address. */
  #setRelayOnly(on: boolean): void {
    if (this.#settings.relayOnly === on) return;
    this.#settings = { ...this.#settings, relayOnly: on };
    this.#overlay.renew();
    for (const share of this.#shares) share.reconnect();
  }

  #changed(): void {
    if (this.#shows) this.#publisher.changed();
  }

  /** Nothing is shown before the start, nor, at first, before it is known what is here of the share in view. */
  get #shows(): boolean {
    return this.#phase.type !== 'starting' && (this.#shown !== undefined || !this.#view.opening);
  }

  #snapshot(): Snapshot {
    const entry = this.#firstContact.snapshot;
    return {
      shares: keep(this.#shown?.shares, [...this.#view.preparing, ...this.#shares.summaries]),
      removed: keep(this.#shown?.removed, this.#shares.removed),
      open: this.#view.snapshot(this.#options.clock.now(), this.#trackersAround),
      settings: this.#settings,
      relays: this.#ice.some(isRelay),
      storage: this.#options.storageType ?? 'lasting',
      overlay: overlaySnapshot(this.#overlay, this.#tracker, this.#shares),
      ...(entry && { entry }),
    };
  }

  get #trackersAround(): Pick<Around, 'tracker' | 'waysOf'> {
    return {
      tracker: this.#tracker,
      waysOf: ({ infoHash, record }) => [
        ...shownWays(this.#surroundings.tracker.ways?.(infoHash) ?? [], record.trackers),
        { type: 'dht', count: this.#overlay.status?.links ?? 0 },
      ],
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
      announced: (infoHash, peerId, result) => {
        this.#shares.get(infoHash)?.participation?.announced(peerId, result);
      },
      changed: () => this.#changed(),
    };
  }
}

function isRelay({ urls }: IceServer): boolean {
  return [urls].flat().some((url) => /^turns?:/i.test(url));
}

function bytesASecond({ uploadLimit }: Settings): number | undefined {
  return uploadLimit === undefined ? undefined : uploadLimit * KIB;
}
