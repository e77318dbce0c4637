import type { Bytes } from '../src/base/bytes.ts';
import type { PeerId } from '../src/base/ids.ts';
import { peerIdOf } from '../src/base/ids.ts';
import { SECOND, type Time } from '../src/base/time.ts';
import { TokenBucket } from '../src/base/tokenBucket.ts';
import { memberCheck } from '../src/content/keys.ts';
import type { PieceIndex } from '../src/content/layout.ts';
import type { PieceLayer } from '../src/content/merkle.ts';
import type { Metainfo } from '../src/content/metainfo.ts';
import { Announcer } from '../src/host/announcer.ts';
import type { AnnounceResult } from '../src/host/ports.ts';
import { PageBudget } from '../src/host/connectionBudget.ts';
import { quickCrypto } from './quickCrypto.ts';
import type { SwarmInput, SwarmOutput } from '../src/swarm/io.ts';
import type { Peer } from '../src/swarm/peer.ts';
import type { Policies } from '../src/swarm/policies.ts';
import { Swarm } from '../src/swarm/swarm.ts';
import { Downlink, Uplink } from './line.ts';
import type { AsleepClock } from './machineClock.ts';
import { type PeerTraits, type Remains, remainsOf, type Surroundings } from './peerTraits.ts';
import type { Observed } from './referee.ts';
import type { Rival } from './rivals/rival.ts';
import type { SimDisk } from './simDisk.ts';
import { SimMachine } from './simMachine.ts';
import { SimPieceWork } from './simPieceWork.ts';
import { SimSpeech } from './simSpeech.ts';
import type { Announcing } from './simTracker.ts';
import { SimTransport } from './simTransport.ts';
import type { Happening } from './trace.ts';
import { TrackerLine } from './trackerLine.ts';

const MEMBERS_WANTED = 50;
/** The tracker's server takes a connection for lost that has been silent for so long. */
const SOCKET_SILENCE = 30 * SECOND;

export interface PeerOptions extends PeerTraits {
  /** Called as soon as everything is here. */
  readonly completed?: (peer: SimPeer) => void;
  /** Called when its disk has refused a piece, and it has left because of that. */
  readonly storageStopped?: (peer: SimPeer, result: 'full' | 'failed') => void;
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
  readonly options: PeerOptions;
  readonly #rival: Rival;
  readonly #surroundings: Surroundings;
  readonly #number: number;
  readonly #machine: SimMachine;
  readonly #budget: PageBudget;
  readonly #places: number;
  readonly #up: Uplink;
  readonly #swarm: Swarm;
  readonly #transport: SimTransport;
  readonly #speech: SimSpeech;
  readonly #work: SimPieceWork;
  readonly #line: TrackerLine;
  readonly #announcer: Announcer;
  readonly #invited = new Map<PeerId, SimPeer>();
  #metainfo: Metainfo | undefined;
  #layer: PieceLayer | undefined;
  #wakeAt: Time = Number.POSITIVE_INFINITY;
  #gone = false;
  #reachesTracker = true;

  /** @param number of the peer in this run. */
  constructor(surroundings: Surroundings, number: number, options: PeerOptions) {
    const { world, network, content, tracker, pool } = surroundings;
    this.#surroundings = surroundings;
    this.#number = number;
    this.options = options;
    this.name = options.name;
    this.latency = options.latency;
    this.joinedAt = world.now;
    this.peerId = peerIdOf(world.random.bytes(20));
    this.check = memberCheck(quickCrypto, content.keys.check, this.peerId);
    const { disk, metainfo, layer } = remainsOf(surroundings, options);
    this.disk = disk;
    this.#metainfo = metainfo;
    this.#layer = layer;
    const { up } = options;
    const { pieceLength } = content.layout;
    this.#rival = options.rival?.({ random: world.random.fork(), up, pieceLength }) ?? { honest: true };
    this.#machine = new SimMachine(this.name, world, network, () => this.#woke());
    const { clock } = this.#machine;
    this.#up = new Uplink(world, options.up);
    const access = {
      name: options.name,
      clock,
      up: this.#up,
      down: new Downlink(options.down),
      latency: options.latency,
      jitter: options.jitter ?? 0,
      loss: options.loss ?? 0,
    };
    this.#transport = new SimTransport(world, network, this.peerId, access, (input) => this.feed(input));
    this.#speech = new SimSpeech(this, this.#transport, surroundings.referee, this.#rival.says);
    this.#work = new SimPieceWork(this, disk, surroundings, (input) => this.feed(input));
    this.#budget = new PageBudget(this.#rival.connections ?? options.connections);
    this.#places = this.#budget.left;
    const random = world.random.fork();
    this.#swarm = new Swarm({
      infoHash: content.metainfo.infoHash,
      peerId: this.peerId,
      keys: content.keys,
      crypto: quickCrypto,
      random,
      budget: this.#budget,
      upload: new TokenBucket(this.#rival.uploadLimit ?? options.uploadLimit),
      allocate: (length) => pool.take(length),
      policies: this.#rival.policies ?? policiesWith(options.connections),
      metainfo,
      layer,
      have: disk.complete ? 'all' : [...disk.pieces],
    });
    const reconnected = () => this.#announcer.reconnected();
    this.#line = new TrackerLine({ tracker, clock, random, member: this, reconnected });
    this.#announcer = new Announcer({
      clock,
      random,
      announce: (event, answered) => this.#line.announce(event, answered),
      lonely: () => this.#swarm.lonely,
      heard: (result) => this.#heard(result),
    });
  }

  get honest(): boolean {
    return this.#rival.honest;
  }

  get pieces(): SimDisk['pieces'] {
    return this.disk.pieces;
  }

  /** Whether it wants a piece that is not here. */
  lacks(piece: PieceIndex): boolean {
    return !this.pieces.has(piece) && this.options.leftOut?.includes(piece) !== true;
  }

  /** What is there for this peer to come back with. */
  get remains(): Remains {
    return { disk: this.disk, metainfo: this.#metainfo, layer: this.#layer };
  }

  /** Has neither left nor crashed. It may be asleep. */
  get present(): boolean {
    return !this.#gone;
  }

  get wanted(): number {
    return this.#rival.view ?? MEMBERS_WANTED;
  }

  get reachesTracker(): boolean {
    return this.#surroundings.network.reachesTracker(this.name);
  }

  /** Those it is connected with. */
  get neighbours(): ReadonlyMap<PeerId, Peer> {
    return this.#swarm.peers;
  }

  /** Bytes that have left its line, small messages not counted. */
  get carried(): number {
    return this.#up.carried;
  }

  /** Piece bytes that were given to its line, and came in. */
  get uploaded(): number {
    return this.#swarm.sent.total;
  }

  get downloaded(): number {
    return this.#swarm.received.total;
  }

  join(): void {
    const { name, up, down, leftOut } = this.options;
    this.#tell({ type: 'joined', peer: name, id: this.peerId, up, down, pieces: this.pieces.size });
    if (leftOut !== undefined) this.feed({ type: 'leaveOut', pieces: new Set(leftOut) });
    this.feed({ type: this.#rival.downloads === false ? 'tick' : 'download' });
    this.#announcer.start();
  }

  /** The two come to know each other without the tracker, as by codes that people pass on. */
  invite(other: SimPeer): void {
    for (const [one, two] of [
      [this, other],
      [other, this],
    ] as const) {
      one.#invited.set(two.peerId, two);
      one.feed({ type: 'introduced', members: [two], by: 'overlay' });
    }
  }

  /** Goes as closed tabs do: the tracker and the others are told, unless the machine is asleep. */
  leave(): void {
    if (this.#gone) return;
    if (this.#machine.asleep) return this.crash();
    this.#announcer.stop();
    this.#transport.closeAll();
    this.#end('left');
  }

  /** Is gone at once: nobody is told, and what was being written is lost. */
  crash(): void {
    if (this.#gone) return;
    this.#surroundings.world.after(SOCKET_SILENCE, () => this.#surroundings.tracker.forget(this.peerId));
    this.#transport.vanish();
    this.disk.crash();
    this.#end('crashed');
  }

  /** The machine stands still, and nobody reaches it. */
  sleep(clock: AsleepClock): void {
    if (this.#gone || this.#machine.asleep) return;
    this.#tell({ type: 'asleep', peer: this.name });
    this.#machine.sleep(clock);
    const { world, tracker } = this.#surroundings;
    world.after(SOCKET_SILENCE, () => {
      if (this.#machine.asleep) tracker.forget(this.peerId);
    });
  }

  wake(): void {
    if (!this.#machine.asleep) return;
    this.#tell({ type: 'awake', peer: this.name });
    this.#machine.wake();
  }

  /** Somebody sets the clock on the wall, ahead or, where negative, back. */
  setWall(by: Time): void {
    if (!this.#gone) this.#machine.setWall(by);
  }

  feed(input: SwarmInput): void {
    if (this.#machine.asleep) this.#machine.clock.whenAwake(() => this.#step(input));
    else this.#step(input);
  }

  trackerLost(): void {
    this.#line.lost();
    this.#trackerIs(false);
  }

  #step(input: SwarmInput): void {
    if (this.#gone) return;
    const { hash, now } = this.#surroundings.world;
    hash.addInput(now, this.#number, input);
    for (const output of this.#swarm.step(this.#machine.clock.now(), input)) {
      this.#perform(output);
      // One output may be what ends us.
      if (!this.present) return;
    }
    this.#surroundings.referee.stepped(this);
    this.#countConnections();
    this.#schedule();
    // A swarm copies what it keeps of a message.
    if (input.type === 'received') this.#surroundings.pool.giveBack(input.bytes);
  }

  #end(how: 'left' | 'crashed'): void {
    this.#tell({ type: how, peer: this.name });
    this.#gone = true;
    this.#line.close();
    this.#swarm.end();
    this.#countConnections();
    this.#machine.end();
  }

  #countConnections(): void {
    if (!Number.isFinite(this.#places)) return;
    const taken = this.#places - this.#budget.left;
    this.#surroundings.referee.connections(this, this.#transport.size, taken);
  }

  #trackerIs(reachable: boolean): void {
    if (reachable === this.#reachesTracker) return;
    this.#reachesTracker = reachable;
    this.feed({ type: 'tracker', reachable });
  }

  #heard(result: AnnounceResult): void {
    this.#trackerIs(result.type !== 'unreachable');
    if (result.type === 'announced') this.feed({ type: 'introduced', members: result.members });
  }

  #woke(): void {
    this.feed({ type: 'woke' });
    this.#announcer.reconnected();
  }

  /** A wake too early does no harm. */
  #schedule(): void {
    const { wakeAt } = this.#swarm;
    if (wakeAt >= this.#wakeAt) return;
    this.#wakeAt = wakeAt;
    this.#machine.clock.at(wakeAt, () => {
      if (this.#wakeAt !== wakeAt) return;
      this.#wakeAt = Number.POSITIVE_INFINITY;
      this.feed({ type: 'tick' });
    });
  }

  #tell(happening: Happening): void {
    const { world } = this.#surroundings;
    world.trace?.(world.now, happening);
  }

  #perform(output: SwarmOutput): void {
    switch (output.type) {
      case 'open':
        return this.#transport.open(output.peer, output.role);
      case 'signal':
        return this.#transport.signal(output.peer, output.signal);
      case 'send':
        return this.#speech.send(output);
      case 'close':
        return this.#transport.close(output.peer);
      case 'relay':
        if (output.by === 'tracker') return this.#line.relay(output.to, output.sealed);
        return this.#tellInvited(output.to, output.sealed);
      case 'verify':
        return this.#work.verify(output);
      case 'store':
        return this.#work.store(output);
      case 'read':
        return this.#work.read(output);
      case 'completed':
        return this.#completed();
      case 'hashLeaves':
        return this.#work.hashLeaves(output);
      case 'dropped':
        return this.#dropped(output);
      case 'metainfo':
        this.#metainfo = output.metainfo;
        return;
      case 'pieceLayer':
        this.#layer = output.layer;
        return;
      case 'had':
        return this.#tell({ type: 'had', peer: this.name, piece: output.piece });
      case 'lost':
        return this.#lost(output.piece);
      case 'storageStopped':
        return this.#storageStopped(output.result);
      case 'membersFound':
      case 'strangersOnly':
      case 'metainfoInvalid':
      case 'overlayOpened':
      case 'overlayClosed':
      case 'overlayReceived':
        return;
    }
  }

  #tellInvited(to: PeerId, sealed: Bytes): void {
    const other = this.#invited.get(to);
    if (other === undefined) return;
    this.#surroundings.world.after(this.latency + other.latency, () =>
      other.feed({ type: 'sealedSignal', from: this.peerId, sealed, by: 'overlay' }),
    );
  }

  #dropped(output: SwarmOutput & { type: 'dropped' }): void {
    this.dropped.push(output);
    const { peer: id, reason, banned } = output;
    this.#tell({ type: 'dropped', peer: this.name, id, reason, banned });
  }

  #lost(piece: PieceIndex): void {
    this.disk.forget(piece);
    this.#tell({ type: 'lost', peer: this.name, piece });
  }

  /** As a page does, until the person goes on. */
  #storageStopped(result: 'full' | 'failed'): void {
    this.#tell({ type: 'storage-stopped', peer: this.name, result });
    this.leave();
    this.options.storageStopped?.(this, result);
  }

  #completed(): void {
    this.#surroundings.referee.completes(this);
    this.#announcer.completed();
    const { world } = this.#surroundings;
    this.completedAt ??= world.now;
    this.#tell({ type: 'completed', peer: this.name });
    world.after(0, () => this.options.completed?.(this));
  }
}

function policiesWith(connections: number | undefined): Partial<Policies> {
  return connections === undefined ? {} : { maxPeers: Math.floor((2 * connections) / 3) };
}
