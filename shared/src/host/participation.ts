import type { Bytes } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { MemberKeys } from '../content/keys.ts';
import type { PieceIndex } from '../content/layout.ts';
import type { PieceLayer } from '../content/merkle.ts';
import type { Metainfo } from '../content/metainfo.ts';
import { memberCheck } from '../content/keys.ts';
import type { Lane, SwarmInput, SwarmOutput } from '../swarm/io.ts';
import { MOST_LANES } from '../swarm/lanePolicy.ts';
import { Swarm } from '../swarm/swarm.ts';
import type { SwarmView } from '../swarm/swarmView.ts';
import { Announcer } from './announcer.ts';
import { type Pieces, PieceWork } from './pieceWork.ts';
import type { AnnounceEvent, AnnounceResult, PeerKey } from './ports.ts';
import type { ConnectionOwner, Surroundings } from './surroundings.ts';

const MEMBERS_WANTED = 50;

/** A peer's connections, as the Transport knows them. */
interface Links {
  readonly key: PeerKey;
  readonly lanes: Set<Lane>;
}

/** What a participation tells the share it is for. */
export interface ParticipationEvents {
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
  changed(): void;
}

export interface ParticipationOptions {
  readonly peerId: PeerId;
  readonly keys: MemberKeys;
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
export class Participation implements ConnectionOwner {
  readonly #surroundings: Surroundings;
  readonly #options: ParticipationOptions;
  readonly #events: ParticipationEvents;
  readonly #swarm: Swarm;
  readonly #announcer: Announcer;
  readonly #work: PieceWork;
  readonly #connections = new Map<PeerId, Links>();
  readonly #routes = new Map<PeerId, 'direct' | 'relayed'>();
  #cancelWake: (() => void) | undefined;
  #wakeAt: Time = Number.POSITIVE_INFINITY;
  #ended = false;

  constructor(surroundings: Surroundings, options: ParticipationOptions, events: ParticipationEvents) {
    this.#surroundings = surroundings;
    this.#options = options;
    this.#events = events;
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

  routeOf(peer: PeerId): 'direct' | 'relayed' | 'unknown' {
    return this.#routes.get(peer) ?? 'unknown';
  }

  start(): void {
    this.feed({ type: 'leaveOut', pieces: this.#options.leftOut });
    this.feed({ type: this.#options.wanted ? 'download' : 'tick' });
    if (!this.#ended) this.#announcer.start();
  }

  /** Ends every connection and says goodbye. Nothing comes of it afterwards. */
  end(): void {
    this.#announcer.stop();
    this.#ended = true;
    this.#cancelWake?.();
    for (const peer of [...this.#connections.keys()]) this.#disconnect(peer, 0);
    this.#swarm.end();
  }

  /** The machine has slept, perhaps: the peers and the tracker may have forgotten us. */
  woke(): void {
    this.feed({ type: 'woke' });
    this.#announcer.reconnected();
  }

  trackerReconnected(): void {
    this.#announcer.reconnected();
  }

  /** What one of several trackers answered by itself. */
  announced(peerId: PeerId, result: AnnounceResult): void {
    if (peerId === this.#options.peerId) this.#heard(result);
  }

  sealedSignal(to: PeerId, from: PeerId, sealed: Bytes): void {
    if (to === this.#options.peerId) this.feed({ type: 'sealedSignal', from, sealed });
  }

  routeFound(peer: PeerId, route: 'direct' | 'relayed'): void {
    this.#routes.set(peer, route);
    this.#events.changed();
  }

  connectionClosed(peer: PeerId, lane: Lane): void {
    this.#withLinks(peer, (links) => {
      links.lanes.delete(lane);
      if (lane === 0) this.#unregister(peer, links);
    });
    this.feed({ type: 'closed', peer, lane });
  }

  /** Lets the swarm take one step, and does what it then wants done. */
  feed(input: SwarmInput): void {
    if (this.#ended) return;
    for (const output of this.#swarm.step(this.#surroundings.clock.now(), input)) {
      this.#perform(output);
      // One output may be what ends us; the rest must then not open what nobody would close.
      if (this.#hasEnded()) return;
    }
    this.#events.changed();
    this.#sleep();
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
        return this.#connect(output.peer, output.lane, output.role);
      case 'signal':
        return this.#withLinks(output.peer, ({ key }) =>
          this.#surroundings.transport.signal(key, output.lane, output.signal),
        );
      case 'send':
        return this.#withLinks(output.peer, ({ key }) =>
          this.#surroundings.transport.send(key, output.lane, output.frames),
        );
      case 'close':
        return this.#disconnect(output.peer, output.lane);
      case 'relay':
        return this.#relay(output.to, output.sealed);
      case 'verify':
        return void this.#work.verify(output);
      case 'store':
        return this.#work.store(output);
      case 'read':
        return void this.#work.read(output);
      case 'hashLeaves':
        return void this.#work.hashLeaves(output);
      case 'dropped':
      case 'overlayOpened':
      case 'overlayClosed':
      case 'overlayReceived':
        return;
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

  #connect(peer: PeerId, lane: Lane, role: 'initiator' | 'responder'): void {
    if (lane === 0) {
      const key = this.#surroundings.directory.add({ owner: this, peer });
      this.#connections.set(peer, { key, lanes: new Set() });
    }
    this.#withLinks(peer, ({ key, lanes }) => {
      lanes.add(lane);
      this.#surroundings.transport.open(key, lane, role, this.#surroundings.ice());
    });
  }

  #disconnect(peer: PeerId, lane: Lane): void {
    this.#withLinks(peer, (links) => {
      if (lane === 0) this.#unregister(peer, links);
      else if (links.lanes.delete(lane)) this.#surroundings.transport.close(links.key, lane);
    });
  }

  /** Losing lane 0 ends the peer, and all its lanes with it. */
  #unregister(peer: PeerId, { key, lanes }: Links): void {
    this.#connections.delete(peer);
    this.#routes.delete(peer);
    this.#surroundings.directory.remove(key);
    for (const lane of lanes) this.#surroundings.transport.close(key, lane);
  }

  #withLinks(peer: PeerId, use: (links: Links) => void): void {
    const links = this.#connections.get(peer);
    if (links !== undefined) use(links);
  }

  #relay(to: PeerId, sealed: Bytes): void {
    this.#surroundings.tracker.signal(this.#options.infoHash, this.#options.peerId, to, sealed);
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

  #heard(result: AnnounceResult): void {
    if (result.type === 'id-taken') return this.#events.idTaken();
    if (result.type === 'announced') this.feed({ type: 'introduced', members: result.members });
    this.#events.announced(result);
  }
}
