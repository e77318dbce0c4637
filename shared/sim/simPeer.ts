import type { Bytes } from '../src/base/bytes.ts';
import type { PeerId } from '../src/base/ids.ts';
import { peerIdOf } from '../src/base/ids.ts';
import type { Time } from '../src/base/time.ts';
import { TokenBucket } from '../src/base/tokenBucket.ts';
import { memberCheck } from '../src/content/keys.ts';
import { PageBudget } from '../src/host/connectionBudget.ts';
import { nobleCrypto } from '../src/platform/nobleCrypto.ts';
import { hashBlocks } from '../src/swarm/blame.ts';
import type { SwarmInput, SwarmOutput } from '../src/swarm/io.ts';
import type { Peer } from '../src/swarm/peer.ts';
import { Swarm } from '../src/swarm/swarm.ts';
import type { Endpoint } from './connection.ts';
import { Downlink, Uplink } from './line.ts';
import { MachineClock } from './machineClock.ts';
import type { Network } from './network.ts';
import type { Observed, Referee } from './referee.ts';
import { Mouth } from './rivals/mouth.ts';
import type { Rival, RivalKind } from './rivals/rival.ts';
import type { SimContent } from './simContent.ts';
import { SimDisk } from './simDisk.ts';
import { ANNOUNCE_INTERVAL, type Announcing, type SimTracker } from './simTracker.ts';
import { SimTransport } from './simTransport.ts';
import type { World } from './world.ts';

/** Milliseconds to read and hash a piece for somebody else. */
const HASHING = 5;

/** What a simulated peer is made of. */
export interface PeerOptions {
  readonly name: string;
  readonly has: 'all' | 'nothing';
  /** Bytes a second. */
  readonly up: number;
  readonly down: number;
  /** Milliseconds to the middle of the network. */
  readonly latency: number;
  /** Milliseconds that a packet may take longer, at most. */
  readonly jitter?: number;
  /** Chance that a packet is lost on the way to the middle of the network, or from there. */
  readonly loss?: number;
  /** Called as soon as everything is here. */
  readonly completed?: (peer: SimPeer) => void;
  /** Instead of one of ours. */
  readonly rival?: RivalKind;
}

/** Where a simulated peer lives. */
export interface Surroundings {
  readonly world: World;
  readonly network: Network;
  readonly tracker: SimTracker;
  readonly referee: Referee;
  readonly content: SimContent;
}

/** One peer: the production swarm, with a simulated machine and network around it. */
export class SimPeer implements Observed, Announcing {
  readonly name: string;
  readonly peerId: PeerId;
  readonly check: string;
  readonly latency: number;
  readonly disk: SimDisk;
  readonly joinedAt: Time;
  /** When it had everything. */
  completedAt: Time | undefined;
  /** Whom it has dropped, and why. */
  readonly dropped: (SwarmOutput & { type: 'dropped' })[] = [];
  readonly #rival: Rival;
  readonly #mouths = new WeakMap<Endpoint, Mouth>();
  readonly #surroundings: Surroundings;
  readonly #number: number;
  readonly #whenCompleted: ((peer: SimPeer) => void) | undefined;
  readonly #swarm: Swarm;
  readonly #transport: SimTransport;
  #wakeAt: Time = Number.POSITIVE_INFINITY;
  #gone = false;

  /** @param number of the peer in this run. */
  constructor(surroundings: Surroundings, number: number, options: PeerOptions) {
    const { world, network, content } = surroundings;
    this.#surroundings = surroundings;
    this.#number = number;
    this.#whenCompleted = options.completed;
    this.name = options.name;
    this.latency = options.latency;
    this.joinedAt = world.now;
    this.peerId = peerIdOf(world.random.bytes(20));
    this.check = memberCheck(nobleCrypto, content.keys.check, this.peerId);
    this.disk = new SimDisk(world, content, options.has);
    const { up } = options;
    const { pieceLength } = content.layout;
    this.#rival = options.rival?.({ random: world.random.fork(), up, pieceLength }) ?? { honest: true };
    const access = {
      name: options.name,
      clock: new MachineClock(world),
      up: new Uplink(world, options.up),
      down: new Downlink(options.down),
      latency: options.latency,
      jitter: options.jitter ?? 0,
      loss: options.loss ?? 0,
    };
    this.#transport = new SimTransport(world, network, this.peerId, access, (input) => this.feed(input));
    const known = options.has === 'all' ? { metainfo: content.metainfo, layer: content.layer } : {};
    this.#swarm = new Swarm({
      infoHash: content.metainfo.infoHash,
      peerId: this.peerId,
      keys: content.keys,
      crypto: nobleCrypto,
      random: world.random.fork(),
      budget: new PageBudget(this.#rival.connections),
      upload: new TokenBucket(this.#rival.uploadLimit),
      policies: this.#rival.policies ?? {},
      have: options.has === 'all' ? 'all' : [],
      ...known,
    });
  }

  get honest(): boolean {
    return this.#rival.honest;
  }

  get pieces(): SimDisk['pieces'] {
    return this.disk.pieces;
  }

  /** Those it is connected with. */
  get neighbours(): ReadonlyMap<PeerId, Peer> {
    return this.#swarm.peers;
  }

  /** Piece bytes that went out, and came in. */
  get uploaded(): number {
    return this.#swarm.sent.total;
  }

  get downloaded(): number {
    return this.#swarm.received.total;
  }

  join(): void {
    this.feed({ type: this.#rival.downloads === false ? 'tick' : 'download' });
    this.#announce();
  }

  /** Goes without a word, as closed tabs do. */
  leave(): void {
    this.#gone = true;
    this.#surroundings.tracker.leave(this.peerId);
    this.#transport.closeAll();
    this.#swarm.end();
  }

  feed(input: SwarmInput): void {
    if (this.#gone) return;
    const { world } = this.#surroundings;
    this.#record(input);
    for (const output of this.#swarm.step(world.now, input)) this.#perform(output);
    this.#surroundings.referee.stepped(this);
    this.#sleep();
  }

  #announce(): void {
    if (this.#gone) return;
    this.#surroundings.tracker.announce(this);
    this.#surroundings.world.after(ANNOUNCE_INTERVAL, () => this.#announce());
  }

  #sleep(): void {
    const { wakeAt } = this.#swarm;
    if (wakeAt >= this.#wakeAt) return;
    this.#wakeAt = wakeAt;
    this.#surroundings.world.after(wakeAt - this.#surroundings.world.now, () => {
      if (this.#wakeAt !== wakeAt) return;
      this.#wakeAt = Number.POSITIVE_INFINITY;
      this.feed({ type: 'tick' });
    });
  }

  #record(input: SwarmInput): void {
    const { hash, now } = this.#surroundings.world;
    hash.add(now);
    hash.add(this.#number);
    hash.addText(input.type);
    if ('peer' in input) hash.addText(input.peer);
    if ('operation' in input) hash.add(input.operation);
    if (input.type === 'received') hash.add(input.bytes.length);
  }

  #perform(output: SwarmOutput): void {
    switch (output.type) {
      case 'open':
        return this.#transport.open(output.peer, output.role);
      case 'signal':
        return this.#transport.signal(output.peer, output.signal);
      case 'send':
        return this.#send(output);
      case 'close':
        return this.#transport.close(output.peer);
      case 'relay':
        return this.#surroundings.tracker.relay(this, output.to, output.sealed);
      case 'verify':
        return this.#verify(output);
      case 'store':
        return this.#store(output);
      case 'read':
        return this.#read(output);
      case 'completed':
        return this.#completed();
      case 'hashLeaves':
        return this.#hashLeaves(output);
      case 'dropped':
        this.dropped.push(output);
        return;
      case 'metainfo':
      case 'pieceLayer':
      case 'had':
      case 'lost':
      case 'membersFound':
      case 'strangersOnly':
      case 'metainfoInvalid':
      case 'storageStopped':
        return;
    }
  }

  #send({ peer, frames }: SwarmOutput & { type: 'send' }): void {
    const { referee } = this.#surroundings;
    const endpoint = this.#transport.endpoint(peer);
    if (endpoint === undefined) return;
    const said = this.#words(endpoint, frames);
    referee.sent(this, endpoint, said);
    this.#transport.send(peer, said);
    referee.queued(this, endpoint.queued);
  }

  /** What really goes out. */
  #words(endpoint: Endpoint, frames: readonly Bytes[]): readonly Bytes[] {
    if (this.#rival.says === undefined) return frames;
    const mouth = this.#mouths.get(endpoint) ?? new Mouth(this.#rival.says);
    this.#mouths.set(endpoint, mouth);
    return mouth.speak(frames);
  }

  #verify({ operation, piece, bytes }: SwarmOutput & { type: 'verify' }): void {
    this.#pending(bytes.length);
    this.disk.verify(piece, bytes, (good) => {
      this.#pending(-bytes.length);
      this.feed({ type: 'verified', operation, good });
    });
  }

  #store({ operation, piece, bytes }: SwarmOutput & { type: 'store' }): void {
    this.#surroundings.referee.stores(this, piece, bytes);
    this.#pending(bytes.length);
    this.disk.write(piece, bytes, () => {
      this.#pending(-bytes.length);
      this.feed({ type: 'stored', operation, result: 'stored' });
    });
  }

  #read({ operation, piece, begin, length }: SwarmOutput & { type: 'read' }): void {
    this.#pending(length);
    this.disk.read(piece, begin, length, (bytes) => {
      this.#pending(-length);
      this.feed({ type: 'read', operation, bytes });
    });
  }

  #hashLeaves({ operation, piece }: SwarmOutput & { type: 'hashLeaves' }): void {
    const { world, content } = this.#surroundings;
    world.after(HASHING, () =>
      this.feed({ type: 'leavesHashed', operation, leaves: hashBlocks(nobleCrypto, content.piece(piece)) }),
    );
  }

  #pending(change: number): void {
    this.#surroundings.referee.pending(this, change);
  }

  #completed(): void {
    this.#surroundings.referee.completes(this);
    const { world } = this.#surroundings;
    this.completedAt = world.now;
    world.after(0, () => this.#whenCompleted?.(this));
  }
}
