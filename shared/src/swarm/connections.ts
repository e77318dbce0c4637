import type { Bytes } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import { MINUTE, SECOND, type Time } from '../base/time.ts';
import type { PeersMessage } from '../wire/peersMessage.ts';
import { Accounts } from './accounts.ts';
import { Applicants } from './applicants.ts';
import type { SwarmContext } from './context.ts';
import type { DropReason } from './dropReason.ts';
import { Introductions } from './introductions.ts';
import type { Lane, SwarmInput } from './io.ts';
import type { OutgoingLane } from './lane.ts';
import { Lanes } from './lanes.ts';
import { Paths } from './paths.ts';
import { Peer } from './peer.ts';
import { Rendezvous } from './rendezvous.ts';
import { leastUseful } from './turnover.ts';
import { typeOfWay, type Way, type WayType } from './way.ts';

const KEEP_ALIVE = 10 * SECOND;
/** Who keeps alive as we do is gone after three times that; others may be silent for two minutes (BEP 3). */
const SILENCE = 30 * SECOND;
const OTHERS_SILENCE = 2 * MINUTE;
/** What may wait for a peer beyond what its Transport takes: some pieces' worth, a bitfield, hashes. */
const MAX_BACKLOG = 4 * 1024 * 1024;
const STUCK = 60 * SECOND;
/** Connections being made through one peer at once: it may tell of whom nobody can reach. */
const MAX_THROUGH = 4;

/** With fewer connections, who owes us is as good as anybody. */
const FEW = 10;

/** How many were met, and when the last one. */
export interface Meetings {
  readonly count: number;
  readonly lastAt: Time | undefined;
}

const NEVER: Meetings = { count: 0, lastAt: undefined };

/** What becomes of connections. */
export interface ConnectionEvents {
  admitted(peer: Peer): void;
  /** Bytes of an admitted peer. */
  received(peer: Peer, lane: Lane, bytes: Bytes): void;
  left(peer: Peer): void;
  /** Whatever was asked on it, by either side, has ended. */
  laneClosed(peer: Peer, lane: Lane): void;
  /** How far away a peer is that something is on order from, in milliseconds; nothing of others. */
  roundTripTo(peer: Peer): Time | undefined;
}

/** Every connection of a swarm, from the wish to dial until it is gone. */
export class Connections {
  readonly peers = new Map<PeerId, Peer>();
  readonly introductions: Introductions;
  readonly paths: Paths;
  /** How many were met, by way of whom. */
  readonly met: Record<WayType, Meetings> = { tracker: NEVER, peers: NEVER, overlay: NEVER };
  readonly #context: SwarmContext;
  readonly #events: ConnectionEvents;
  readonly #applicants: Applicants;
  /** To whom something waits to be sent. */
  readonly #unflushed = new Set<PeerId>();
  readonly #rendezvous: Rendezvous;
  readonly #accounts = new Accounts();
  readonly #lanes: Lanes;

  constructor(context: SwarmContext, events: ConnectionEvents) {
    this.#context = context;
    this.#events = events;
    this.introductions = new Introductions(context);
    this.paths = new Paths(context);
    this.#applicants = new Applicants(context, (peer) => this.#unflushed.add(peer));
    this.#rendezvous = new Rendezvous(
      context,
      (peer) => !this.#isDebtor(peer) && (this.#lanes.spare() || this.#makeRoom()),
      (way, to, sealed) => this.introductions.relay(way, to, sealed),
    );
    this.#lanes = new Lanes(context, {
      roundTripTo: (peer) => events.roundTripTo(peer),
      queued: (peer) => this.#unflushed.add(peer.id),
      closed: (peer, lane) => events.laneClosed(peer, lane),
    });
  }

  /** Dials until there are as many connections as wanted; one that is of no use makes room for another. */
  dial(wanted: number): void {
    for (let peer = this.#due(); peer !== undefined; peer = this.#due()) {
      if (this.#rendezvous.size >= wanted && !this.#makeRoom()) return;
      if (!this.#rendezvous.dial(peer, this.introductions.wayTo(peer))) return;
    }
  }

  /** Offers of ours that nobody answers. */
  get unanswered(): number {
    return this.#rendezvous.unanswered;
  }

  sealedSignal(from: PeerId, sealed: Bytes, way: Way): void {
    if (!this.introductions.planner.isBanned(from)) this.#rendezvous.sealedSignal(from, sealed, way);
  }

  localSignal({ peer, lane, signal }: SwarmInput & { type: 'localSignal' }): void {
    const admitted = this.peers.get(peer);
    if (lane === 0) this.#rendezvous.localSignal(peer, lane, signal);
    else if (admitted !== undefined) this.#lanes.localSignal(admitted, lane, signal);
  }

  /** What the peer says of further lanes. */
  laneTold(peer: Peer, payload: Bytes): void {
    this.#lanes.told(peer, payload);
  }

  reached(peer: PeerId, roundTrip: Time): void {
    if (!this.#rendezvous.has(peer)) return;
    this.#lanes.reached(peer, roundTrip);
    this.prepare();
  }

  /** Something will be asked of peers soon, perhaps. */
  prepare(): void {
    if (this.#context.mostLanes > 1) this.#lanes.prepare();
  }

  /** What the peer says of others. */
  peersTold(peer: Peer, message: PeersMessage): void {
    if (message.type === 'peers') this.introductions.acquaintances.tell(peer, message);
    else if (message.type === 'pass') this.introductions.acquaintances.pass(peer, message);
    else this.sealedSignal(message.peer, message.sealed, { peer: peer.id });
  }

  opened(input: SwarmInput & { type: 'opened' }): void {
    const { peer, lane } = input;
    if (lane !== 0) return this.#laneOpened(peer, lane);
    const role = this.#rendezvous.opened(peer);
    if (role === undefined) return this.#openedAgain(peer);
    this.#applicants.opened(input, role);
  }

  received({ peer: id, lane, bytes }: SwarmInput & { type: 'received' }): void {
    const peer = this.peers.get(id);
    if (peer === undefined) return lane === 0 ? this.#apply(id, bytes) : undefined;
    peer.lastReceivedAt = this.#context.now;
    peer.doubt.dispel();
    this.#events.received(peer, lane, bytes);
  }

  credit({ peer, lane, bytes }: SwarmInput & { type: 'credit' }): void {
    const applicant = lane === 0 ? this.#applicants.laneTo(peer) : undefined;
    const outgoing = this.peers.get(peer)?.lanes.get(lane) ?? applicant;
    outgoing?.grant(bytes);
  }

  /** The Transport has lost the connection, or could not make it. Lane 0 is the peer. */
  closed({ peer, lane }: SwarmInput & { type: 'closed' }): void {
    if (lane !== 0) return this.#laneClosed(peer, lane);
    if (!this.#rendezvous.has(peer)) return;
    this.introductions.planner.failed(this.#context.now, peer);
    this.#forget(peer);
  }

  /** We end the connection, or the attempt. */
  drop(peer: PeerId, reason: DropReason): void {
    if (!this.#rendezvous.has(peer)) return;
    this.introductions.planner.failed(this.#context.now, peer);
    this.#end(peer, reason);
  }

  /** Connected or not: who lied may be gone already, and is not to come back. */
  ban(peer: PeerId, reason: DropReason): void {
    this.introductions.planner.ban(peer);
    this.drop(peer, reason);
  }

  /** Whoever was silent meanwhile is asked for a sign of life, and everybody has all the time there is from now on. */
  woke(): void {
    const { now } = this.#context;
    this.introductions.planner.woke();
    this.#rendezvous.woke(now);
    this.#applicants.woke();
    for (const peer of this.peers.values()) {
      peer.lastReceivedAt = now;
      peer.lastSentAt = now;
      for (const lane of peer.lanes.values()) lane.woke();
      peer.send({ type: 'keepAlive' });
    }
  }

  tick(): void {
    const { now } = this.#context;
    for (const peer of this.#rendezvous.overdue(now)) this.#context.drop(peer, 'timed-out');
    for (const peer of this.#applicants.overdue) this.#context.drop(peer, 'not-admitted');
    for (const peer of this.peers.values()) this.#watch(peer);
    this.introductions.acquaintances.tick();
    this.mend();
    if (this.#context.mostLanes > 1) this.#lanes.tick();
  }

  /** Hands everything queued to the Transport. */
  flush(): void {
    for (const id of this.#unflushed) {
      this.#unflushed.delete(id);
      const applicant = this.#applicants.laneTo(id);
      if (applicant !== undefined) this.#flushLane(id, 0, applicant);
      const peer = this.peers.get(id);
      if (peer !== undefined) this.#flushPeer(peer);
    }
  }

  /** Gives every connection back to the page. */
  end(): void {
    for (const peer of this.#rendezvous.peers) {
      this.#lanes.left(peer);
      this.#rendezvous.ended(peer);
    }
    this.peers.clear();
    this.#applicants.clear();
  }

  #watch(peer: Peer): void {
    const { now } = this.#context;
    const silence = peer.extensions?.shoal === false ? OTHERS_SILENCE : SILENCE;
    if (now - peer.lastReceivedAt > silence) return this.#context.drop(peer.id, 'silent');
    for (const [number, lane] of peer.lanes) {
      if (lane.stuckFor(now) <= STUCK) continue;
      if (number === 0) return this.#context.drop(peer.id, 'never-drains');
      this.#lanes.end(peer, number);
    }
    if (now - peer.lastSentAt >= KEEP_ALIVE) peer.send({ type: 'keepAlive' });
  }

  #due(): PeerId | undefined {
    const isLast = this.#rendezvous.size >= FEW ? (id: PeerId) => this.#isDebtor(id) : () => false;
    return this.introductions.next(
      (id) => this.#rendezvous.has(id) || isLast(id),
      (teller) => this.#rendezvous.through(teller) < MAX_THROUGH,
    );
  }

  #isDebtor(peer: PeerId): boolean {
    return this.#accounts.isDebtor(this.#context.now, this.#context.seeding, peer);
  }

  #makeRoom(): boolean {
    const { now, seeding, empty, size, received } = this.#context;
    const starving = received.rate(now) === 0;
    const peer = leastUseful(this.peers.values(), { now, seeding, empty, starving, size });
    if (peer !== undefined) this.#context.drop(peer.id, 'useless');
    return peer !== undefined;
  }

  /** Who asks faster than it reads is not worth the memory. */
  #flushPeer(peer: Peer): void {
    for (const [number, lane] of peer.lanes) {
      if (lane.backlog > MAX_BACKLOG) return this.#context.drop(peer.id, 'never-drains');
      if (this.#flushLane(peer.id, number, lane)) peer.lastSentAt = this.#context.now;
    }
  }

  #flushLane(peer: PeerId, lane: Lane, outgoing: OutgoingLane): boolean {
    const frames = outgoing.flush();
    if (frames.length > 0) this.#context.emit({ type: 'send', peer, lane, frames });
    return frames.length > 0;
  }

  #laneOpened(id: PeerId, lane: Lane): void {
    const peer = this.peers.get(id);
    if (peer === undefined) this.#context.emit({ type: 'close', peer: id, lane });
    else this.#lanes.opened(peer, lane);
  }

  #laneClosed(id: PeerId, lane: Lane): void {
    const peer = this.peers.get(id);
    if (peer !== undefined) this.#lanes.closed(peer, lane);
  }

  /** A connection opens once: what opens anew, perhaps under another certificate, has proved nothing. */
  #openedAgain(peer: PeerId): void {
    if (this.#rendezvous.has(peer)) this.#context.drop(peer, 'reopened');
    else this.#context.emit({ type: 'close', peer, lane: 0 });
  }

  #apply(id: PeerId, bytes: Bytes): void {
    const { applicant, result } = this.#applicants.received(id, bytes) ?? {};
    if (applicant === undefined || result === undefined || result.type === 'more') return;
    if (result.type === 'refused') return this.#context.drop(id, 'not-admitted');
    this.#applicants.forget(id);
    const { now, allocate } = this.#context;
    const peer = new Peer(id, now, applicant.lane, applicant.role, allocate);
    this.peers.set(id, peer);
    this.#accounts.open(peer);
    this.introductions.planner.succeeded(id);
    const way = typeOfWay(this.#rendezvous.wayTo(id) ?? 'tracker');
    this.met[way] = { count: this.met[way].count + 1, lastAt: this.#context.now };
    this.#events.admitted(peer);
    if (result.rest.length > 0) this.#events.received(peer, 0, result.rest);
  }

  /** Makes connections anew that lead nowhere any more. Nobody is to blame, and nobody has to wait. */
  mend(): void {
    for (const { id } of this.paths.lost) {
      this.#end(id, 'path-lost');
      this.#rendezvous.dial(id, this.introductions.wayTo(id));
    }
  }

  #end(peer: PeerId, reason: DropReason): void {
    this.#forget(peer);
    this.#context.emit({ type: 'close', peer, lane: 0 });
    this.#context.emit({ type: 'dropped', peer, reason, banned: this.introductions.planner.isBanned(peer) });
  }

  #forget(id: PeerId): void {
    this.#applicants.forget(id);
    this.#lanes.left(id);
    this.#rendezvous.ended(id);
    const peer = this.peers.get(id);
    if (peer === undefined) return;
    this.peers.delete(id);
    this.#accounts.close(this.#context.now, peer);
    this.introductions.acquaintances.left(peer);
    this.#events.left(peer);
  }
}
