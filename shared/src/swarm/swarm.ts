import { allocate, type Allocate } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import type { InfoHash, PeerId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import { RateMeter } from '../base/rateMeter.ts';
import { SECOND, type Time } from '../base/time.ts';
import type { TokenBucket } from '../base/tokenBucket.ts';
import type { MemberKeys } from '../content/keys.ts';
import type { PieceLayout } from '../content/layout.ts';
import { Connections } from './connections.ts';
import type { ConnectionBudget, SwarmContext } from './context.ts';
import { Conversation } from './conversation.ts';
import type { DropReason } from './dropReason.ts';
import { Exchange, type Known } from './exchange.ts';
import { type Operation, operation, type SwarmInput, type SwarmOutput } from './io.ts';
import { OverlayTalk } from './overlayTalk.ts';
import type { Peer } from './peer.ts';
import { type Policies, productionPolicies } from './policies.ts';
import type { SwarmView } from './swarmView.ts';

const BEAT = SECOND;
/** A beat so late tells of a sleep that the clock went on through. */
const ASLEEP = 5 * SECOND;
/** Connections while only names and sizes are wanted. */
const SCOUTS = 3;

export interface SwarmOptions extends Known {
  readonly infoHash: InfoHash;
  /** Our own, fresh each time the swarm is joined. */
  readonly peerId: PeerId;
  readonly keys: MemberKeys;
  readonly crypto: Crypto;
  readonly random: Random;
  readonly budget: ConnectionBudget;
  readonly upload: TokenBucket;
  /** How many lanes there may be to one peer, where the Transport has more than one. */
  readonly mostLanes?: number;
  /** Where room for pieces, and for messages that carry parts of them, is not to be made anew each time. */
  readonly allocate?: Allocate;
  /** Instead of ours: for simulations. */
  readonly policies?: Partial<Policies>;
}

/**
 * One peer's part in one swarm, as a state machine: inputs go in with the time, outputs come out. It reads no clock and
 * knows no socket and no disk, so that the same code runs in a browser and, by the thousand, in the simulator.
 */
export class Swarm implements SwarmContext {
  readonly infoHash: InfoHash;
  readonly peerId: PeerId;
  readonly keys: MemberKeys;
  readonly crypto: Crypto;
  readonly random: Random;
  readonly budget: ConnectionBudget;
  readonly upload: TokenBucket;
  readonly allocate: Allocate;
  readonly policies: Policies;
  readonly mostLanes: number;
  readonly received = new RateMeter();
  readonly sent = new RateMeter();
  readonly #connections: Connections;
  readonly #exchange: Exchange;
  readonly #conversation: Conversation;
  readonly #overlay: OverlayTalk;
  #outputs: SwarmOutput[] = [];
  #operations = 0;
  #now: Time = Number.NEGATIVE_INFINITY;
  #nextBeat: Time = Number.NEGATIVE_INFINITY;

  constructor(options: SwarmOptions) {
    this.infoHash = options.infoHash;
    this.peerId = options.peerId;
    this.keys = options.keys;
    this.crypto = options.crypto;
    this.random = options.random;
    this.budget = options.budget;
    this.upload = options.upload;
    this.allocate = options.allocate ?? allocate;
    this.policies = { ...productionPolicies(options.random), ...options.policies };
    this.mostLanes = options.mostLanes ?? 1;
    this.#exchange = new Exchange(this, options);
    this.#overlay = new OverlayTalk(this);
    this.#conversation = new Conversation(this, this.#exchange, {
      greeted: (peer) => {
        this.#connections.introductions.acquaintances.greeted(peer);
        this.#connections.prepare();
        this.#overlay.review(peer);
      },
      laneTold: (peer, payload) => this.#connections.laneTold(peer, payload),
      peersTold: (peer, message) => this.#connections.peersTold(peer, message),
      overlayTold: (peer, payload) => this.#overlay.received(peer, payload),
    });
    this.#connections = new Connections(this, {
      admitted: (peer) => this.#exchange.admitted(peer),
      received: (peer, lane, bytes) => this.#conversation.received(peer, lane, bytes),
      left: (peer) => {
        this.#overlay.left(peer);
        this.#exchange.left(peer);
      },
      laneClosed: (peer, lane) => this.#exchange.laneClosed(peer, lane),
      roundTripTo: (peer) => this.#exchange.roundTripTo(peer),
    });
  }

  get now(): Time {
    return this.#now;
  }

  get peers(): ReadonlyMap<PeerId, Peer> {
    return this.#connections.peers;
  }

  /** Everything is verified and stored here. */
  get complete(): boolean {
    return this.#exchange.complete;
  }

  get seeding(): boolean {
    return this.complete;
  }

  get empty(): boolean {
    return (this.#exchange.content?.have.count ?? 0) === 0;
  }

  get size(): number | undefined {
    return this.layout?.length;
  }

  /** Somebody is needed who is not connected yet. */
  get lonely(): boolean {
    return this.peers.size === 0 && this.#exchange.hungry !== 'no';
  }

  /** More connections would help. */
  get hungry(): boolean {
    return this.#exchange.hungry !== 'no';
  }

  /** Once the metainfo is known. */
  get layout(): PieceLayout | undefined {
    return this.#exchange.metadata.metainfo?.layout;
  }

  /** When the next `tick` is due. */
  get wakeAt(): Time {
    return Math.min(this.#nextBeat, this.#exchange.content?.uploader.readyAt ?? Number.POSITIVE_INFINITY);
  }

  /** Takes one input, and says what is to be done because of it. */
  step(now: Time, input: SwarmInput): readonly SwarmOutput[] {
    this.#now = now;
    if (Number.isFinite(this.#nextBeat) && now - this.#nextBeat > ASLEEP) this.#wake();
    this.#handle(input);
    if (now >= this.#nextBeat) this.#beat();
    this.#exchange.settle();
    this.#connections.flush();
    const outputs = this.#outputs;
    this.#outputs = [];
    return outputs;
  }

  /** Gives back every connection. The outputs are for nobody: the Transport is told by whoever ends the swarm. */
  end(): void {
    this.#connections.end();
    this.#outputs = [];
  }

  view(now: Time): SwarmView {
    return {
      peers: [...this.peers.values()].map((peer) => ({
        id: peer.id,
        rateDown: peer.received.rate(now),
        rateUp: peer.sent.rate(now),
        progress: progressOf(peer),
      })),
      downloaded: this.received.total,
      uploaded: this.sent.total,
      rateDown: this.received.rate(now),
      rateUp: this.sent.rate(now),
      met: this.#connections.met,
      telling: this.#connections.introductions.acquaintances.size,
      copies: [...this.peers.values()].filter((peer) => peer.isSeeder && peer.proven).length,
    };
  }

  emit(output: SwarmOutput): void {
    this.#outputs.push(output);
  }

  operation(): Operation {
    return operation(++this.#operations);
  }

  drop(peer: PeerId, reason: DropReason): void {
    this.#connections.drop(peer, reason);
  }

  ban(peer: PeerId, reason: DropReason): void {
    this.#connections.ban(peer, reason);
  }

  #handle(input: SwarmInput): void {
    switch (input.type) {
      case 'tick':
        return;
      case 'woke':
        this.#wake();
        return this.#dial();
      case 'networkChanged':
        return this.#connections.paths.networkChanged();
      case 'trackerConnected':
        return this.#connections.paths.trackerConnected();
      case 'introduced':
        this.#connections.introductions.introduce(input.members, input.by ?? 'tracker');
        if (input.by === undefined) this.#trackerAnswered();
        return this.#dial();
      case 'sealedSignal':
        return this.#connections.sealedSignal(input.from, input.sealed, input.by ?? 'tracker');
      case 'tracker':
        return this.#connections.introductions.trackerIs(input.reachable);
      case 'overlay':
        this.#exchange.speakOverlay(input.on);
        return this.#overlay.turn(input.on);
      case 'overlayMessage':
        return this.#overlay.send(input.peer, input.payload);
      case 'localSignal':
        return this.#connections.localSignal(input);
      case 'opened':
        return this.#connections.opened(input);
      case 'received':
        return this.#connections.received(input);
      case 'credit':
        this.#connections.credit(input);
        return this.#exchange.credited();
      case 'path':
        return this.#connections.paths.told(input.peer, input.lane, input.state);
      case 'reached':
        return this.#connections.reached(input.peer, input.roundTrip);
      case 'closed':
        return this.#connections.closed(input);
      case 'verified':
        return this.#exchange.verified(input);
      case 'stored':
        return this.#exchange.stored(input);
      case 'read':
        return this.#exchange.read(input.operation, input.bytes);
      case 'leavesHashed':
        return this.#exchange.leavesHashed(input.operation, input.leaves);
      case 'leaveOut':
        this.#exchange.leaveOut(input.pieces);
        return this.#dial();
      case 'download':
        this.#exchange.download();
        this.#connections.prepare();
        return this.#dial();
    }
  }

  #trackerAnswered(): void {
    this.#connections.paths.trackerAnswered();
    this.#connections.mend();
  }

  #wake(): void {
    this.#connections.woke();
    this.#exchange.woke();
  }

  #beat(): void {
    this.#nextBeat = this.#now + BEAT;
    this.#connections.tick();
    this.#exchange.tick();
    this.#dial();
  }

  /** Who had nothing to tell, or does not answer, is not counted: three of that kind must not keep us from all others. */
  get #scouts(): number {
    const wanted = SCOUTS + this.#exchange.metadata.refusals + this.#connections.unanswered;
    return Math.min(wanted, this.policies.maxPeers);
  }

  #dial(): void {
    switch (this.#exchange.hungry) {
      case 'for-metadata':
        return this.#connections.dial(this.#scouts);
      case 'for-pieces':
        return this.#connections.dial(this.policies.maxPeers);
      case 'no':
        return;
    }
  }
}

function progressOf({ claims: { bitfield } }: Peer): number {
  if (bitfield === undefined) return 0;
  return bitfield.length === 0 ? 1 : bitfield.count / bitfield.length;
}
