import type { Bytes } from '../base/bytes.ts';
import type { InfoHash, PeerId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { MemberKeys } from '../content/keys.ts';
import type { PieceIndex } from '../content/layout.ts';
import type { PieceLayer } from '../content/merkle.ts';
import type { Metainfo } from '../content/metainfo.ts';
import { memberCheck } from '../content/keys.ts';
import type { SwarmInput, SwarmOutput } from '../swarm/io.ts';
import { MOST_LANES } from '../swarm/lanePolicy.ts';
import { Swarm } from '../swarm/swarm.ts';
import type { SwarmView } from '../swarm/swarmView.ts';
import { Announcer } from './announcer.ts';
import { type Pieces, PieceWork } from './pieceWork.ts';
import { PeerConnections } from './peerConnections.ts';
import type { AnnounceEvent, AnnounceResult } from './ports.ts';
import type { OverlayMember } from './overlayMember.ts';
import type { Changes } from './publisher.ts';
import type { Surroundings } from './surroundings.ts';

const MEMBERS_WANTED = 50;

/** What a participation tells the share it is for. */
export interface ParticipationEvents extends Changes {
  metainfo(metainfo: Metainfo): void;
  pieceLayer(layer: PieceLayer): void;
  had(piece: PieceIndex): void;
  lost(piece: PieceIndex): void;
  completed(): void;
  /** Nobody the tracker names holds our key. Somebody else's doing, perhaps: we stay. */
  strangersOnly(): void;
  membersFound(): void;
  metainfoInvalid(reason: string): void;
  storageFull(): void;
  /** Pieces can't be stored, or not be worked on. */
  storageFailed(reason: string): void;
  /** The person's own file can't be read any more. */
  sourceFailed(error: unknown): void;
  idTaken(): void;
  announced(result: AnnounceResult): void;
}

export interface ParticipationOptions {
  readonly peerId: PeerId;
  readonly keys: MemberKeys;
  /** What the keys come of. */
  readonly membership: Bytes;
  readonly infoHash: Metainfo['infoHash'];
  readonly metainfo: Metainfo | undefined;
  readonly layer: PieceLayer | undefined;
  readonly have: Iterable<number> | 'all';
  readonly wanted: boolean;
  /** URLs of trackers to ask beside the page's own. Looked up at every announce. */
  trackers(): readonly string[];
  /** Pieces the person can do without. */
  readonly leftOut: ReadonlySet<number>;
  /** Looked up at every use: a verifier comes with the piece layer. */
  pieces(): Pieces;
}

/** One stretch of taking part in a swarm, from start or resume to stop or pause: feeds its inputs, performs its outputs. */
export class Participation implements OverlayMember {
  readonly #surroundings: Surroundings;
  readonly #options: ParticipationOptions;
  readonly #events: ParticipationEvents;
  readonly #swarm: Swarm;
  readonly #announcer: Announcer;
  readonly #work: PieceWork;
  readonly #connections: PeerConnections;
  readonly #inputs: SwarmInput[] = [];
  #feeding = false;
  #hasMet = false;
  #reachesTracker = true;
  #cancelWake: (() => void) | undefined;
  #wakeAt: Time = Number.POSITIVE_INFINITY;
  #ended = false;

  readonly infoHash: InfoHash;
  readonly peerId: PeerId;
  readonly membership: Bytes;
  readonly checkKey: Bytes;

  constructor(surroundings: Surroundings, options: ParticipationOptions, events: ParticipationEvents) {
    this.#surroundings = surroundings;
    this.#options = options;
    this.#events = events;
    this.infoHash = options.infoHash;
    this.peerId = options.peerId;
    this.membership = options.membership;
    this.checkKey = options.keys.check;
    this.#connections = new PeerConnections(surroundings, {
      feed: (input) => this.feed(input),
      routeFound: () => events.changed(),
      lost: (peer) => surroundings.overlay.closed(this, peer),
    });
    this.#swarm = new Swarm({ ...surroundings, ...options, mostLanes: MOST_LANES });
    this.#work = new PieceWork(surroundings, {
      pieces: () => options.pieces(),
      layout: () => this.#swarm.layout,
      ended: () => this.#ended,
      done: (input) => this.feed(input),
      storedLate: (piece) => events.had(piece),
      failed: (reason) => events.storageFailed(reason),
      sourceFailed: (error) => events.sourceFailed(error),
    });
    this.#announcer = new Announcer({
      clock: surroundings.clock,
      random: surroundings.random,
      announce: (event, answered) => void this.#announce(event).then(answered),
      lonely: () => this.#swarm.lonely,
      heard: (result) => this.#heard(result),
    });
  }

  get view(): SwarmView {
    return this.#swarm.view(this.#surroundings.clock.now());
  }

  /** Somebody is needed who is not connected yet. */
  get lonely(): boolean {
    return this.#swarm.lonely;
  }

  /** Nobody is connected. */
  get alone(): boolean {
    return this.#swarm.peers.size === 0;
  }

  get need(): OverlayMember['need'] {
    if (this.#swarm.lonely) return 'anybody';
    return this.#swarm.hungry ? 'more' : 'nobody';
  }

  connectionTo(peer: PeerId): ReturnType<OverlayMember['connectionTo']> {
    return this.#connections.connectionTo(peer);
  }

  routeOf(peer: PeerId): ReturnType<PeerConnections['routeOf']> {
    return this.#connections.routeOf(peer);
  }

  start(): void {
    this.feed({ type: 'leaveOut', pieces: this.#options.leftOut });
    this.feed({ type: this.#options.wanted ? 'download' : 'tick' });
    if (this.#ended) return;
    this.#surroundings.overlay.joined(this);
    this.#announcer.start();
  }

  /** Ends every connection and says goodbye. Nothing comes of it afterwards. */
  end(): void {
    this.#announcer.stop();
    this.#ended = true;
    this.#cancelWake?.();
    this.#surroundings.overlay.left(this);
    this.#connections.closeAll();
    this.#swarm.end();
  }

  /** The machine has slept, perhaps: the peers and the tracker may have forgotten us. */
  woke(): void {
    this.feed({ type: 'woke' });
    this.#announcer.reconnected();
  }

  networkChanged(): void {
    this.feed({ type: 'networkChanged' });
  }

  trackerReconnected(): void {
    this.feed({ type: 'trackerConnected' });
    this.#announcer.reconnected();
  }

  /** How the trackers are has changed. */
  trackersChanged(): void {
    this.#trackerIs(this.#reachesTrackers(this.#reachesTracker));
  }

  /** What one of several trackers answered by itself. */
  announced(peerId: PeerId, result: AnnounceResult): void {
    if (peerId === this.#options.peerId) this.#heard(result);
  }

  sealedSignal(to: PeerId, from: PeerId, sealed: Bytes): void {
    if (to === this.#options.peerId) this.feed({ type: 'sealedSignal', from, sealed });
  }

  /** Lets the swarm take one step, and does what it then wants done, before it takes another. */
  feed(input: SwarmInput): void {
    this.#inputs.push(input);
    if (this.#feeding) return;
    this.#feeding = true;
    try {
      for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift()) this.#step(next);
    } finally {
      this.#feeding = false;
    }
  }

  #step(input: SwarmInput): void {
    if (this.#ended) return;
    for (const output of this.#swarm.step(this.#surroundings.clock.now(), input)) {
      this.#perform(output);
      // One output may be what ends us; the rest must then not open what nobody would close.
      if (this.#hasEnded()) return;
    }
    if (this.#swarm.peers.size > 0) this.#met();
    this.#events.progressed();
    this.#sleep();
  }

  /** The first time. */
  #met(): void {
    if (this.#hasMet) return;
    this.#hasMet = true;
    this.#surroundings.overlay.met();
  }

  #hasEnded(): boolean {
    return this.#ended;
  }

  /** A timer is set anew only to wake sooner: a wake too early does no harm, and inputs come by the thousand. */
  #sleep(): void {
    const { wakeAt } = this.#swarm;
    if (wakeAt >= this.#wakeAt) return;
    this.#cancelWake?.();
    this.#wakeAt = wakeAt;
    this.#cancelWake = this.#surroundings.clock.at(wakeAt, () => {
      this.#wakeAt = Number.POSITIVE_INFINITY;
      this.feed({ type: 'tick' });
    });
  }

  #perform(output: SwarmOutput): void {
    switch (output.type) {
      case 'open':
        return this.#connections.open(output.peer, output.lane, output.role);
      case 'signal':
        return this.#connections.signal(output.peer, output.lane, output.signal);
      case 'send':
        return this.#connections.send(output.peer, output.lane, output.frames);
      case 'close':
        return this.#connections.close(output.peer, output.lane);
      case 'relay':
        return this.#relay(output);
      case 'verify':
        return void this.#work.verify(output);
      case 'store':
        return this.#work.store(output);
      case 'read':
        return void this.#work.read(output);
      case 'hashLeaves':
        return void this.#work.hashLeaves(output);
      case 'dropped':
        return;
      case 'overlayOpened':
        return this.#surroundings.overlay.opened(this, output.peer);
      case 'overlayClosed':
        return this.#surroundings.overlay.closed(this, output.peer);
      case 'overlayReceived':
        return this.#surroundings.overlay.received(this, output.peer, output.payload);
      case 'metainfo':
        return this.#events.metainfo(output.metainfo);
      case 'pieceLayer':
        return this.#events.pieceLayer(output.layer);
      case 'had':
        return this.#events.had(output.piece);
      case 'lost':
        return this.#events.lost(output.piece);
      case 'completed':
        this.#announcer.completed();
        return this.#events.completed();
      case 'strangersOnly':
        return this.#events.strangersOnly();
      case 'membersFound':
        return this.#events.membersFound();
      case 'metainfoInvalid':
        return this.#events.metainfoInvalid(output.reason);
      case 'storageStopped':
        return output.result === 'full'
          ? this.#events.storageFull()
          : this.#events.storageFailed(this.#work.writeFailure);
    }
  }

  #relay({ to, sealed, by }: SwarmOutput & { type: 'relay' }): void {
    const { tracker, overlay } = this.#surroundings;
    if (by === 'tracker') tracker.signal(this.infoHash, this.peerId, to, sealed);
    else overlay.relay(this, to, sealed);
  }

  async #announce(event: AnnounceEvent): Promise<AnnounceResult> {
    const { crypto, tracker } = this.#surroundings;
    const { infoHash, peerId, keys } = this.#options;
    const check = memberCheck(crypto, keys.check, peerId);
    const seeder = this.#swarm.complete;
    try {
      const trackers = this.#options.trackers();
      return await tracker.announce({
        infoHash,
        peerId,
        event,
        seeder,
        check,
        wanted: MEMBERS_WANTED,
        trackers,
      });
    } catch {
      return { type: 'unreachable' };
    }
  }

  /** One that is being connected to is not given up yet. @param otherwise where there is only one. */
  #reachesTrackers(otherwise: boolean): boolean {
    const ways = this.#surroundings.tracker.ways?.(this.infoHash);
    if (ways === undefined) return otherwise;
    const states = ways.flatMap((way) => (way.type === 'tracker' ? way.state.type : []));
    return states.includes('connected') || states.includes('connecting');
  }

  #trackerIs(reachable: boolean): void {
    if (!reachable) this.#surroundings.overlay.need();
    if (reachable === this.#reachesTracker) return;
    this.#reachesTracker = reachable;
    this.feed({ type: 'tracker', reachable });
  }

  #heard(result: AnnounceResult): void {
    this.#trackerIs(this.#reachesTrackers(result.type !== 'unreachable'));
    if (result.type === 'id-taken') return this.#events.idTaken();
    if (result.type === 'announced') this.feed({ type: 'introduced', members: result.members });
    this.#events.announced(result);
  }
}
