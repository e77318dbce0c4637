import type { Bytes } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto.ts';
import type { Random } from '../../base/random.ts';
import { MINUTE } from '../../base/time.ts';
import { PageBudget } from '../../host/connectionBudget.ts';
import { SessionOverlay } from '../../host/overlay/sessionOverlay.ts';
import type { MakeOverlay } from '../../host/overlaySwitch.ts';
import { localRunHasher } from '../../host/pieceRun.ts';
import type { Hasher, RunHasher, Storage, TrackerConnection, TrackerEvents } from '../../host/ports.ts';
import { Session } from '../../host/session.ts';
import type { ChosenFile, Command, ShareSnapshot, ShareState, Snapshot } from '../../host/snapshot.ts';
import { memoryStorage } from '../../platform/memoryStorage.ts';
import { nobleCrypto } from '../../platform/nobleCrypto.ts';
import { nobleSignatures } from '../../platform/nobleSignatures.ts';
import { watchSleep } from '../../platform/sleepWatch.ts';
import { webCryptoHasher } from '../../platform/webCryptoHasher.ts';
import { ManualClock } from './manualClock.ts';
import { MemoryNetwork, type MemoryTransport } from './memoryTransport.ts';
import { MemoryTracker } from './memoryTracker.ts';

const ORIGIN = 'https://shoal.example/';
/** Virtual milliseconds at least between two looks at the world. */
const STEP = 5;
/** Turns of the event loop in which file reads and storage come to rest. */
const QUIET_TURNS = 4;

/** Tabs in one process: real sessions with production cryptography, on a network, a tracker and a clock in memory. */
export class SessionWorld {
  readonly clock = new ManualClock();
  readonly network: MemoryNetwork;
  readonly tracker = new MemoryTracker(this.clock);
  /** What tabs opened from now on have for a tracker. */
  connect = (events: TrackerEvents): TrackerConnection => this.tracker.connect(events);
  /** Whether tabs have an overlay from now on. */
  overlay = false;
  readonly #random: () => Random;
  #hashing = 0;

  /** @param rate bytes a millisecond, each way of each connection. */
  constructor(random: () => Random, rate = Number.POSITIVE_INFINITY) {
    this.#random = random;
    this.network = new MemoryNetwork(this.clock, random(), rate);
  }

  /** A tab that has started. On the storage of an earlier one it is that tab reloaded. */
  async tab(storage: Storage = memoryStorage()): Promise<Tab> {
    const tab = new Tab(this, storage, this.#random());
    await tab.session.start();
    await this.settle();
    return tab;
  }

  readonly makeOverlay: MakeOverlay = (tools) =>
    new SessionOverlay({
      ...tools,
      crypto: { ...nobleCrypto, ...nobleSignatures },
      wall: () => this.clock.wall(),
    });

  /** Counts what is under way, so that no time passes meanwhile. */
  hasher(): Hasher {
    const hasher = webCryptoHasher();
    return {
      leaves: (data) => this.#counted(hasher.leaves(data)),
      cipher: (key, offset, data) => this.#counted(hasher.cipher(key, offset, data)),
      cipherLeaves: (key, offset, data) => this.#counted(hasher.cipherLeaves(key, offset, data)),
    };
  }

  readonly crypto: Crypto = {
    ...nobleCrypto,
    deflate: (data) => this.#counted(nobleCrypto.deflate(data)),
  };

  runs(): RunHasher {
    const runs = localRunHasher({ crypto: nobleCrypto, hasher: webCryptoHasher() });
    return { width: runs.width, hash: (run) => this.#counted(runs.hash(run)) };
  }

  /** Lets time pass until the condition holds. */
  async until(condition: () => boolean, limit = 5 * MINUTE): Promise<void> {
    const end = this.clock.now() + limit;
    await this.settle();
    while (!condition()) {
      if (this.clock.now() > end) throw new Error(`still waiting after ${limit} ms`);
      await this.#step();
    }
  }

  async pass(milliseconds: number): Promise<void> {
    const end = this.clock.now() + milliseconds;
    await this.settle();
    while (this.clock.now() < end) await this.#step(end - this.clock.now());
  }

  /** Lets everything come to rest that takes no time. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#hashing > 0) quiet = 0;
    }
  }

  async #step(most = Number.POSITIVE_INFINITY): Promise<void> {
    const ahead = (this.clock.nextAt ?? this.clock.now()) - this.clock.now();
    this.clock.pass(Math.min(Math.max(ahead, STEP), most));
    await this.settle();
  }

  async #counted<T>(work: Promise<T>): Promise<T> {
    this.#hashing++;
    try {
      return await work;
    } finally {
      this.#hashing--;
    }
  }
}

/** One tab: its session, and what its page last saw. */
export class Tab {
  readonly session: Session;
  readonly storage: Storage;
  readonly budget = new PageBudget();
  readonly snapshots: Snapshot[] = [];
  readonly #world: SessionWorld;
  #transport: MemoryTransport | undefined;
  #tracker: { close(): void } | undefined;
  #shownBefore = 0;

  constructor(world: SessionWorld, storage: Storage, random: Random) {
    this.#world = world;
    this.storage = storage;
    this.session = new Session({
      crypto: world.crypto,
      random,
      clock: world.clock,
      hasher: world.hasher(),
      runs: world.runs(),
      storage,
      transport: (events) => (this.#transport = world.network.transport(events)),
      tracker: (events) => {
        const tracker = world.connect(events);
        this.#tracker = tracker;
        return tracker;
      },
      watchSleep: (woke) => watchSleep(world.clock, world.clock.wall, woke),
      origin: ORIGIN,
      settings: { uploadLimit: undefined, relayOnly: false },
      budget: this.budget,
      loadOverlay: world.overlay ? () => Promise.resolve(world.makeOverlay) : undefined,
      show: (snapshot) => void this.snapshots.push(snapshot),
    });
  }

  get snapshot(): Snapshot {
    const last = this.snapshots.at(-1);
    if (last === undefined) throw new Error('nothing was shown yet');
    return last;
  }

  /** The share whose view is open. */
  get open(): ShareSnapshot {
    const { open } = this.snapshot;
    if (open === undefined) throw new Error('no view is open');
    return open;
  }

  get connections(): number {
    return this.#transport?.connections ?? 0;
  }

  command(command: Command): void {
    this.#shownBefore = this.snapshots.length;
    this.session.command(command);
  }

  /** Waits for the state, as shown after the last command. */
  async reach(state: ShareState): Promise<ShareSnapshot> {
    try {
      await this.#world.until(() => this.snapshots.slice(this.#shownBefore).at(-1)?.open?.state === state);
    } catch (error) {
      const { open } = this.snapshot;
      const found = `${open?.state ?? 'no view'} ${JSON.stringify(open?.problem ?? '')}`;
      throw new Error(`expected ${state}, found ${found}`, { cause: error });
    }
    return this.open;
  }

  /** Shares files, and waits for the link. */
  async share(files: readonly ChosenFile[]): Promise<string> {
    this.command({ type: 'share', files });
    return (await this.reach('sharing')).link ?? '';
  }

  /** Opens a link, and waits for names and sizes. */
  async receive(link: string): Promise<ShareSnapshot> {
    this.command({ type: 'open-link', fragment: link });
    return this.reach('ready');
  }

  async download(link: string): Promise<ShareSnapshot> {
    const { id } = await this.receive(link);
    this.command({ type: 'download', id });
    return this.reach('complete');
  }

  /** The plain bytes of one file of the open share. */
  async read(file: number): Promise<Bytes> {
    const parts: Bytes[] = [];
    for await (const part of this.session.share(this.open.id)?.content.stream(file) ?? []) parts.push(part);
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }

  /** The page goes, having said goodbye. */
  leave(): void {
    this.session.end();
    this.#transport?.vanish();
    this.#tracker?.close();
  }
}

/** A file as a person chooses it. */
export function chosen(path: string, bytes: Bytes): ChosenFile {
  return { path: path.split('/'), file: new Blob([bytes]) };
}

/** Bytes that tell one file, and one place in it, from another. */
export function patterned(length: number, seed = 0): Bytes {
  return Uint8Array.from(
    { length },
    (_, place) => (place ^ (place >> 8) ^ (place >> 16) ^ (seed * 37)) & 0xff,
  );
}
