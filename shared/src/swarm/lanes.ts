import type { Bytes } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import { SECOND, type Time } from '../base/time.ts';
import { encodeLaneSignal, parseLaneSignal } from '../wire/laneSignal.ts';
import { MAX_LANES } from '../wire/limits.ts';
import type { Signal } from '../wire/signal.ts';
import type { SwarmContext } from './context.ts';
import type { Lane } from './io.ts';
import { OutgoingLane } from './lane.ts';
import { LanePolicy, MOST_LANES, NEAR } from './lanePolicy.ts';
import type { Peer } from './peer.ts';

const ATTEMPT_TIMEOUT = 20 * SECOND;
/** While there are so few peers, there are lanes before anything is asked of them: who looks at a share has no more. */
const FEW = 3;

/** A further connection to a peer, being made or made. */
interface Attempt {
  readonly role: 'initiator' | 'responder';
  readonly since: Time;
  answered: boolean;
  opened: boolean;
}

/** The further lanes of one peer. */
interface PeerLanes {
  readonly policy: LanePolicy;
  readonly attempts: Map<Lane, Attempt>;
  /** Bytes of pieces received from it at the last look. */
  received: number;
}

export interface LanesEvents {
  /** How far away a peer is that something is on order from, in milliseconds; nothing of others. */
  roundTripTo(peer: Peer): Time | undefined;
  /** Something waits to be sent. */
  queued(peer: Peer): void;
  /** Whatever was asked on it, by either side, has ended. */
  closed(peer: Peer, lane: Lane): void;
}

/**
 * The lanes of peers beyond the first: more connections to the same peer, which carry requests and their answers and
 * nothing else. What is said to make one travels on lane 0, and so it needs no proof. Who offers lane 0 numbers its own
 * from 1 by twos, the other from 2.
 */
export class Lanes {
  readonly #context: SwarmContext;
  readonly #events: LanesEvents;
  readonly #peers = new Map<PeerId, PeerLanes>();
  /** How far away they are, as the Transport has found. */
  readonly #distances = new Map<PeerId, Time>();

  constructor(context: SwarmContext, events: LanesEvents) {
    this.#context = context;
    this.#events = events;
  }

  localSignal(peer: Peer, lane: Lane, signal: Signal): void {
    const id = peer.extensions?.lane;
    const attempt = this.#attempt(peer, lane);
    if (id === undefined || attempt === undefined || !mayBeSaid(attempt, signal)) return;
    peer.send({ type: 'extended', id, payload: encodeLaneSignal({ lane, signal }) });
  }

  /** Takes what the peer says of a further lane. What fits none is dropped: it may have ended meanwhile. */
  told(peer: Peer, payload: Bytes): void {
    const envelope = parseLaneSignal(payload);
    if (envelope === undefined) return this.#context.drop(peer.id, 'malformed-message');
    const { lane, signal } = envelope;
    if (signal.type === 'offer' ? !this.#offered(peer, lane) : !this.#continues(peer, lane, signal)) return;
    this.#context.emit({ type: 'signal', peer: peer.id, lane, signal });
  }

  opened(peer: Peer, lane: Lane): void {
    const attempt = this.#attempt(peer, lane);
    if (attempt === undefined || attempt.opened) return this.end(peer, lane);
    attempt.opened = true;
    peer.lanes.set(lane, new OutgoingLane(() => this.#events.queued(peer)));
  }

  /** The Transport has lost it, or could not make it. */
  closed(peer: Peer, lane: Lane): void {
    if (this.#peers.get(peer.id)?.attempts.delete(lane) !== true) return;
    this.#context.budget.giveBack();
    peer.lanes.delete(lane);
    this.#events.closed(peer, lane);
  }

  end(peer: Peer, lane: Lane): void {
    this.#context.emit({ type: 'close', peer: peer.id, lane });
    this.closed(peer, lane);
  }

  /** The peer is gone, and its lanes with it. */
  left(peer: PeerId): void {
    const count = this.#peers.get(peer)?.attempts.size ?? 0;
    for (let lane = 0; lane < count; lane++) this.#context.budget.giveBack();
    this.#peers.delete(peer);
    this.#distances.delete(peer);
  }

  /** Ends one, if there is one, so that somebody else can have the connection. */
  spare(): boolean {
    for (const [id, { attempts }] of this.#peers) {
      const lane = [...attempts.keys()].at(-1);
      const peer = this.#context.peers.get(id);
      if (lane === undefined || peer === undefined) continue;
      this.end(peer, lane);
      return true;
    }
    return false;
  }

  /** Once a second: ends what takes too long, and makes as many as the policy wants. */
  tick(): void {
    for (const peer of this.#context.peers.values()) {
      this.#expire(peer);
      if (peer.extensions?.lane !== undefined) this.#adjust(peer);
    }
  }

  /** What was found sooner counts: a machine that is busy makes a neighbour look far, and nothing makes one look near. */
  reached(peer: PeerId, roundTrip: Time): void {
    this.#distances.set(peer, Math.min(roundTrip, this.#distances.get(peer) ?? roundTrip));
  }

  /** Makes lanes to whom they will bring something, so that the first pieces do not wait for them. */
  prepare(): void {
    const { peers, seeding, now } = this.#context;
    if (seeding || peers.size > FEW) return;
    for (const peer of peers.values()) {
      if (peer.extensions?.lane === undefined || (this.#distances.get(peer.id) ?? 0) < NEAR) continue;
      const state = this.#of(peer);
      this.#provide(peer, state, state.policy.prepare(now));
    }
  }

  #adjust(peer: Peer): void {
    const answer = this.#events.roundTripTo(peer);
    const state = this.#of(peer);
    const distance = this.#distances.get(peer.id) ?? Number.POSITIVE_INFINITY;
    const { total } = peer.received;
    const wanted = state.policy.wanted({
      now: this.#context.now,
      lanes: peer.lanes.size,
      received: total - state.received,
      busy: answer !== undefined,
      roundTrip: Math.min(answer ?? distance, distance),
    });
    state.received = total;
    this.#provide(peer, state, wanted);
  }

  /** As many as are wanted, beside those that the peer has made. */
  #provide(peer: Peer, state: PeerLanes, wanted: number): void {
    const own = [...state.attempts].filter(([, { role }]) => role === 'initiator').map(([lane]) => lane);
    for (const lane of own.slice(Math.max(wanted - 1, 0))) this.end(peer, lane);
    const most = Math.min(wanted, this.#context.mostLanes) - 1;
    for (let count = own.length; count < most; count++) if (!this.#make(peer, state)) return;
  }

  #make(peer: Peer, { attempts }: PeerLanes): boolean {
    const first = peer.role === 'initiator' ? 1 : 2;
    for (let lane = first; lane < MAX_LANES; lane += 2)
      if (!attempts.has(lane)) return this.#begin(peer, lane, 'initiator');
    return false;
  }

  #begin(peer: Peer, lane: Lane, role: Attempt['role']): boolean {
    const { budget, now } = this.#context;
    if (!budget.take()) return false;
    this.#of(peer).attempts.set(lane, { role, since: now, answered: false, opened: false });
    this.#context.emit({ type: 'open', peer: peer.id, lane, role });
    return true;
  }

  /** One more is taken while there are not too many, under a number of the other's own. */
  #offered(peer: Peer, lane: Lane): boolean {
    const { attempts } = this.#of(peer);
    const others = (lane % 2 === 1) === (peer.role === 'responder');
    const theirs = [...attempts.values()].filter(({ role }) => role === 'responder').length;
    if (this.#context.mostLanes <= 1 || !others || attempts.has(lane) || theirs >= MOST_LANES - 1)
      return false;
    return this.#begin(peer, lane, 'responder');
  }

  #continues(peer: Peer, lane: Lane, signal: Signal): boolean {
    const attempt = this.#attempt(peer, lane);
    if (attempt === undefined || signal.type === 'candidate') return attempt !== undefined;
    if (attempt.role !== 'initiator' || attempt.answered) return false;
    attempt.answered = true;
    return true;
  }

  #expire(peer: Peer): void {
    const { now } = this.#context;
    for (const [lane, { since, opened }] of this.#peers.get(peer.id)?.attempts ?? [])
      if (!opened && now - since > ATTEMPT_TIMEOUT) this.end(peer, lane);
  }

  #attempt(peer: Peer, lane: Lane): Attempt | undefined {
    return this.#peers.get(peer.id)?.attempts.get(lane);
  }

  #of({ id }: Peer): PeerLanes {
    const present = this.#peers.get(id);
    if (present !== undefined) return present;
    const lanes = { policy: new LanePolicy(), attempts: new Map<Lane, Attempt>(), received: 0 };
    this.#peers.set(id, lanes);
    return lanes;
  }
}

function mayBeSaid({ role }: Attempt, { type }: Signal): boolean {
  return type === 'candidate' || (type === 'offer') === (role === 'initiator');
}
