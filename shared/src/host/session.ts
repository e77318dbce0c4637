import type { Crypto } from '../base/crypto.ts';
import type { Bytes } from '../base/bytes.ts';
import type { InfoHash, PeerId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import { TokenBucket } from '../base/tokenBucket.ts';
import { toHex } from '../base/bytes.ts';
import { formatFragment, parseFragment } from '../content/shareLink.ts';
import { PageBudget } from './connectionBudget.ts';
import { PeerDirectory } from './peerDirectory.ts';
import type { Connection, Surroundings } from './participation.ts';
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
import { Share } from './share.ts';
import { parseShareRecord, type ShareRecord } from './shareRecord.ts';
import { linkProblem, problemSnapshot, snapshotOf, summaryOf } from './shareSnapshot.ts';
import type { ChosenFile, Command, Settings, ShareId, ShareSnapshot, Snapshot } from './snapshot.ts';

const KIB = 1024;

export interface SessionOptions {
  readonly crypto: Crypto;
  readonly random: Random;
  readonly clock: Clock;
  readonly hasher: Hasher;
  readonly storage: Storage;
  /** Given its handlers, which it may call from then on. */
  transport(events: TransportEvents): Transport;
  tracker(events: TrackerEvents): Tracker;
  /** The page's own address, before the fragment. */
  readonly origin: string;
  readonly settings: Settings;
  /** Called at most ten times a second, with a new object each time something has changed. */
  show(snapshot: Snapshot): void;
}

/** What the open view is about. */
type View =
  | { readonly type: 'none' }
  | { readonly type: 'share'; readonly share: Share }
  | { readonly type: 'preparing'; readonly preparing: Preparing }
  | { readonly type: 'problem'; readonly snapshot: ShareSnapshot };

/** Everything a tab does: its shares, the view that is open, and the commands of the person before it. */
export class Session {
  readonly #options: SessionOptions;
  readonly #surroundings: Surroundings;
  readonly #upload: TokenBucket;
  readonly #publisher: Publisher;
  readonly #shares = new Map<InfoHash, Share>();
  #settings: Settings;
  #view: View = { type: 'none' };
  #tracker: ShareSnapshot['tracker'] = 'connecting';
  #ice: readonly IceServer[] = [];

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#upload = new TokenBucket(bytesASecond(options.settings));
    this.#publisher = new Publisher(options.clock, () => options.show(this.#snapshot()));
    const directory = new PeerDirectory<Connection>();
    const { crypto, random, clock, hasher } = options;
    this.#surroundings = {
      crypto,
      random,
      clock,
      hasher,
      transport: options.transport(transportEvents(directory)),
      tracker: options.tracker(this.#trackerEvents()),
      budget: new PageBudget(),
      upload: this.#upload,
      directory,
      ice: () => this.#ice,
    };
  }

  /** Takes up every remembered share where it was left. */
  async start(): Promise<void> {
    for (const [infoHash, stored] of await this.#options.storage.records()) {
      const record = parseShareRecord(stored);
      if (record !== undefined && !this.#shares.has(infoHash)) void this.#add(infoHash, record).resume();
    }
    this.#publisher.changed();
  }

  command(command: Command): void {
    switch (command.type) {
      case 'share':
        void this.#prepare(command.files);
        break;
      case 'open-link':
        this.#openLink(command.fragment);
        break;
      case 'open-share':
        this.#openShare(command.id);
        break;
      case 'close-view':
        this.#show({ type: 'none' });
        break;
      case 'download':
        this.#find(command.id)?.download();
        break;
      case 'pause':
        this.#find(command.id)?.pause();
        break;
      case 'resume':
        this.#find(command.id)?.unpause();
        break;
      case 'remove':
        void this.#remove(command.id);
        break;
      case 'give-files':
        this.#find(command.id)?.giveFiles(command.files);
        break;
      case 'set-upload-limit':
        this.#settings = { ...this.#settings, uploadLimit: command.limit };
        this.#upload.limit(bytesASecond(this.#settings));
        break;
    }
    this.#publisher.changed();
  }

  /** A share by its id, to save its files from. */
  share(id: ShareId): Share | undefined {
    return this.#find(id);
  }

  /** Leaves every swarm and says so: the page is going. */
  end(): void {
    for (const share of this.#shares.values()) share.close();
  }

  async #prepare(files: readonly ChosenFile[]): Promise<void> {
    const { random } = this.#options;
    const preparing = new Preparing(toHex(random.bytes(8)), files, this.#options);
    this.#show({ type: 'preparing', preparing });
    const prepared = await preparing.run(() => this.#publisher.changed());
    this.#publisher.changed();
    if (prepared === undefined) return;
    const { metainfo, layer, secret } = prepared;
    const share = this.#add(metainfo.infoHash, {
      ...this.#newRecord('sharer', secret),
      info: metainfo.info,
      layer: layer?.bytes,
    });
    this.#save(share.infoHash, share.record);
    share.begin(preparing.files);
    if (this.#view.type === 'preparing' && this.#view.preparing === preparing)
      this.#show({ type: 'share', share });
  }

  #openLink(fragment: string): void {
    const { crypto, origin } = this.#options;
    const allowLocalTrackers = /^https?:\/\/(?:localhost|127\.0\.0\.1)(?:[:/]|$)/.test(origin);
    const result = parseFragment(crypto, fragment, { allowLocalTrackers });
    if (result.type === 'empty') return this.#show({ type: 'none' });
    if (result.type !== 'link' || result.link.type !== 'private')
      return this.#show({ type: 'problem', snapshot: problemSnapshot(linkProblem(result)) });
    const { infoHash, secret, trackers } = result.link;
    const known = this.#shares.get(infoHash);
    const share =
      known ?? this.#add(infoHash, { ...this.#newRecord('receiver', secret), trackers: [...trackers] });
    if (known === undefined) {
      this.#save(infoHash, share.record);
      void share.resume();
    }
    this.#show({ type: 'share', share });
  }

  #openShare(id: ShareId): void {
    const share = this.#find(id);
    if (share !== undefined) this.#show({ type: 'share', share });
  }

  async #remove(id: ShareId): Promise<void> {
    if (this.#view.type === 'preparing' && this.#view.preparing.id === id) {
      this.#view.preparing.giveUp();
      this.#show({ type: 'none' }); return;
    }
    const share = this.#find(id);
    if (share === undefined) { this.#show({ type: 'none' }); return; }
    share.close();
    this.#shares.delete(share.infoHash);
    if (this.#view.type === 'share' && this.#view.share === share) this.#show({ type: 'none' });
    await this.#options.storage.remove(share.infoHash);
  }

  #add(infoHash: InfoHash, record: ShareRecord): Share {
    const share = new Share(infoHash, record, this.#surroundings, this.#options.storage, {
      changed: () => this.#publisher.changed(),
      recordChanged: (changed) => this.#save(infoHash, changed),
    });
    this.#shares.set(infoHash, share);
    return share;
  }

  #save(infoHash: InfoHash, record: ShareRecord): void {
    void this.#options.storage.save(infoHash, record);
  }

  #newRecord(role: ShareRecord['role'], secret: Bytes): ShareRecord {
    const orders = [...this.#shares.values()].map(({ record }) => record.order);
    return {
      version: 1,
      role,
      secret,
      wanted: false,
      paused: false,
      trackers: [],
      order: Math.max(0, ...orders) + 1,
    };
  }

  #find(id: ShareId): Share | undefined {
    return [...this.#shares.values()].find(({ infoHash }) => infoHash === id);
  }

  #show(view: View): void {
    this.#view = view;
    this.#publisher.changed();
  }

  #snapshot(): Snapshot {
    const shares = [...this.#shares.values()].sort((a, b) => b.record.order - a.record.order);
    return {
      shares: shares.map((share) => summaryOf(share, this.#linkOf(share))),
      open: this.#openSnapshot(),
      settings: this.#settings,
    };
  }

  #openSnapshot(): ShareSnapshot | undefined {
    switch (this.#view.type) {
      case 'none':
        return undefined;
      case 'preparing':
        return this.#view.preparing.snapshot;
      case 'problem':
        return this.#view.snapshot;
      case 'share': {
        const { share } = this.#view;
        return snapshotOf(share, this.#linkOf(share), this.#options.clock.now(), this.#tracker);
      }
    }
  }

  #linkOf({ infoHash, record }: Share): string {
    const { crypto, origin } = this.#options;
    const { secret, trackers } = record;
    return `${origin}#${formatFragment(crypto, { type: 'private', infoHash, secret, trackers })}`;
  }

  #trackerEvents(): TrackerEvents {
    return {
      connected: (ice) => {
        this.#ice = ice;
        this.#tracker = 'connected';
        for (const share of this.#shares.values()) share.participation?.trackerReconnected();
        this.#publisher.changed();
      },
      disconnected: () => {
        this.#tracker = 'unreachable';
        this.#publisher.changed();
      },
      signalled: (infoHash: InfoHash, to: PeerId, from: PeerId, sealed: Bytes) => {
        this.#shares.get(infoHash)?.participation?.sealedSignal(to, from, sealed);
      },
    };
  }
}

/** Brings what the Transport reports to the participation whose connection it is. */
function transportEvents(directory: PeerDirectory<Connection>): TransportEvents {
  return {
    signal: (key, lane, signal) => {
      const connection = directory.get(key);
      connection?.participation.feed({ type: 'localSignal', peer: connection.peer, lane, signal });
    },
    opened: (key, lane, fingerprints) => {
      const connection = directory.get(key);
      connection?.participation.feed({ type: 'opened', peer: connection.peer, lane, fingerprints });
    },
    frame: (key, lane, bytes) => {
      const connection = directory.get(key);
      connection?.participation.feed({ type: 'received', peer: connection.peer, lane, bytes });
    },
    credit: (key, lane, bytes) => {
      const connection = directory.get(key);
      connection?.participation.feed({ type: 'credit', peer: connection.peer, lane, bytes });
    },
    route: (key, _lane, route) => {
      const connection = directory.get(key);
      connection?.participation.routeFound(connection.peer, route);
    },
    closed: (key, lane) => {
      const connection = directory.get(key);
      connection?.participation.connectionClosed(connection.peer, lane);
    },
  };
}

function bytesASecond({ uploadLimit }: Settings): number | undefined {
  return uploadLimit === undefined ? undefined : uploadLimit * KIB;
}
