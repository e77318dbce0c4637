import { type Bytes, equal } from '../../base/bytes.ts';
import { type PeerId, peerIdOf } from '../../base/ids.ts';
import { MINUTE, type Time } from '../../base/time.ts';
import { TokenBucket } from '../../base/tokenBucket.ts';
import { memberCheck } from '../../content/keys.ts';
import type { PieceIndex } from '../../content/layout.ts';
import { pieceRoot } from '../../content/merkle.ts';
import type { Signal } from '../../wire/signal.ts';
import type { ConnectionBudget } from '../context.ts';
import type { Introduced, Lane, SwarmInput, SwarmOutput } from '../io.ts';
import { Swarm } from '../swarm.ts';
import { Seeded } from './seeded.ts';
import { describe, type Link, markOf, type Station, type TestNetwork } from './testNetwork.ts';
import type { TinyShare } from './tinyShare.ts';

/** Connections that the page may have; `left` must be what it was when all are gone. */
export class TestBudget implements ConnectionBudget {
  left: number;

  constructor(connections = 60) {
    this.left = connections;
  }

  take(): boolean {
    if (this.left <= 0) return false;
    this.left--;
    return true;
  }

  giveBack(): void {
    this.left++;
  }
}

export interface TestPeerOptions {
  readonly id?: PeerId;
  readonly has?: 'all' | 'nothing' | readonly number[];
  /** Knows metainfo and piece layer from the beginning. By default, who has something does. */
  readonly knows?: boolean;
  readonly budget?: TestBudget;
  readonly upload?: TokenBucket;
  /** Longest time that disk and hashing take; results come out of order. */
  readonly slowness?: number;
  /** How many there may be to one peer. */
  readonly lanes?: number;
}

/** What became of a connection, as seen from this end. */
interface Attempt {
  readonly role: 'initiator' | 'responder';
  readonly peer: PeerId;
  readonly lane: Lane;
  readonly offer: string;
  link: Link | undefined;
}

/** A real swarm with a fake machine around it. */
export class TestPeer implements Station {
  readonly id: PeerId;
  readonly swarm: Swarm;
  readonly store = new Map<number, Bytes>();
  readonly budget: TestBudget;
  /** Every output but frames. */
  readonly outputs: Exclude<SwarmOutput, { type: 'send' }>[] = [];
  /** What storing comes to, from now on. */
  storing: 'stored' | 'full' | 'failed' = 'stored';
  readonly #network: TestNetwork;
  readonly #share: TinyShare;
  readonly #slowness: number;
  readonly #attempts = new Map<string, Attempt>();
  #wakeAt: Time = Number.POSITIVE_INFINITY;
  #offers = 0;
  #gone = false;

  constructor(network: TestNetwork, share: TinyShare, options: TestPeerOptions = {}) {
    const { has = 'nothing' } = options;
    this.#network = network;
    this.#share = share;
    this.#slowness = options.slowness ?? 0;
    this.id = options.id ?? peerIdOf(network.random.bytes(20));
    this.budget = options.budget ?? new TestBudget();
    const pieces = has === 'all' ? [...share.layout.indices()] : has === 'nothing' ? [] : has;
    for (const piece of pieces) this.store.set(piece, this.#truth(piece));
    const known =
      (options.knows ?? has !== 'nothing') ? { metainfo: share.metainfo, layer: share.layer } : {};
    this.swarm = new Swarm({
      infoHash: share.metainfo.infoHash,
      peerId: this.id,
      keys: share.keys,
      crypto: share.crypto,
      random: new Seeded(Math.floor(network.random.next() * 2 ** 31)),
      budget: this.budget,
      upload: options.upload ?? new TokenBucket(),
      have: pieces,
      mostLanes: options.lanes ?? 1,
      ...known,
    });
    network.stations.set(this.id, this);
    this.feed({ type: 'tick' });
  }

  get introduction(): Introduced {
    return {
      peerId: this.id,
      check: memberCheck(this.#share.crypto, this.#share.keys.check, this.id),
    };
  }

  /** Open connections, admitted or not. */
  get links(): PeerId[] {
    return [...this.#attempts.values()].filter(({ link }) => link !== undefined).map(({ peer }) => peer);
  }

  /** Every piece here is the true one. */
  get truthful(): boolean {
    return [...this.store].every(([piece, bytes]) => equal(bytes, this.#truth(piece)));
  }

  /** Why the connection with that peer ended, each time. */
  dropped(peer: PeerId): string[] {
    return this.outputs.flatMap((output) =>
      output.type === 'dropped' && output.peer === peer ? [output.reason] : [],
    );
  }

  meet(...others: readonly { readonly introduction: Introduced }[]): void {
    this.feed({ type: 'introduced', members: others.map((each) => each.introduction) });
  }

  feed(input: SwarmInput): void {
    if (this.#gone) return;
    for (const output of this.swarm.step(this.#network.now, input)) {
      if (output.type !== 'send') this.outputs.push(output);
      this.#perform(output);
    }
    this.#sleep();
  }

  leave(): void {
    this.#gone = true;
    for (const { peer, lane } of this.#attempts.values()) this.#close(peer, lane);
    this.#network.stations.delete(this.id);
    this.swarm.end();
  }

  relayed(from: PeerId, sealed: Bytes): void {
    this.feed({ type: 'sealedSignal', from, sealed });
  }

  opened(link: Link, peer: PeerId, fingerprints: { local: string; remote: string }): void {
    const attempt = this.#attempts.get(key(peer, link.lane));
    if (attempt?.offer !== link.offer) return this.#network.close(link, this.id);
    attempt.link = link;
    this.feed({ type: 'opened', peer, lane: link.lane, fingerprints });
  }

  received(link: Link, peer: PeerId, bytes: Bytes): void {
    if (this.#isOurs(link, peer)) this.feed({ type: 'received', peer, lane: link.lane, bytes });
  }

  granted(link: Link, peer: PeerId, bytes: number): void {
    if (this.#isOurs(link, peer)) this.feed({ type: 'credit', peer, lane: link.lane, bytes });
  }

  closed(link: Link, peer: PeerId): void {
    if (!this.#isOurs(link, peer)) return;
    this.#end(peer, link.lane);
    this.feed({ type: 'closed', peer, lane: link.lane });
  }

  #isOurs(link: Link, peer: PeerId): boolean {
    return this.#attempts.get(key(peer, link.lane))?.link === link;
  }

  /** With lane 0 all others. */
  #end(peer: PeerId, lane: Lane): void {
    for (const each of [...this.#attempts.values()])
      if (each.peer === peer && (lane === 0 || each.lane === lane))
        this.#attempts.delete(key(peer, each.lane));
  }

  #perform(output: SwarmOutput): void {
    switch (output.type) {
      case 'open':
        return this.#open(output.peer, output.lane, output.role);
      case 'signal':
        return this.#signal(output.peer, output.lane, output.signal);
      case 'send':
        return this.#send(output);
      case 'close':
        return this.#close(output.peer, output.lane);
      case 'relay':
        return this.#network.relay(this.id, output.to, output.sealed);
      case 'verify':
        return this.#verify(output);
      case 'store':
        return this.#store(output);
      case 'read':
        return this.#later(() =>
          this.feed({
            type: 'read',
            operation: output.operation,
            bytes: this.store.get(output.piece)?.slice(output.begin, output.begin + output.length),
          }),
        );
      case 'hashLeaves':
        return this.#later(() => {
          const bytes = this.store.get(output.piece);
          const leaves = bytes && this.#share.leaves(bytes);
          this.feed({ type: 'leavesHashed', operation: output.operation, leaves });
        });
      case 'completed':
      case 'dropped':
      case 'had':
      case 'lost':
      case 'membersFound':
      case 'metainfo':
      case 'metainfoInvalid':
      case 'overlayClosed':
      case 'overlayOpened':
      case 'overlayReceived':
      case 'pieceLayer':
      case 'storageStopped':
      case 'strangersOnly':
        return;
    }
  }

  #open(peer: PeerId, lane: Lane, role: 'initiator' | 'responder'): void {
    const offer = role === 'initiator' ? `${this.id}/${this.#offers++}` : '';
    this.#attempts.set(key(peer, lane), { role, peer, lane, offer, link: undefined });
    if (role === 'initiator') this.#answerLater(peer, lane, { type: 'offer', sdp: describe(offer) });
  }

  #signal(peer: PeerId, lane: Lane, signal: Signal): void {
    const attempt = this.#attempts.get(key(peer, lane));
    if (attempt === undefined || signal.type === 'candidate') return;
    const offer = markOf(signal.sdp);
    if (signal.type === 'answer') {
      if (offer === attempt.offer) this.#network.connect(this.id, peer, offer, lane);
      return;
    }
    this.#attempts.set(key(peer, lane), { role: 'responder', peer, lane, offer, link: undefined });
    this.#answerLater(peer, lane, { type: 'answer', sdp: describe(offer) });
  }

  #answerLater(peer: PeerId, lane: Lane, signal: Signal): void {
    const attempt = this.#attempts.get(key(peer, lane));
    this.#network.after(1, () => {
      const present = this.#attempts.get(key(peer, lane));
      if (present === attempt) this.feed({ type: 'localSignal', peer, lane, signal });
    });
  }

  #send({ peer, lane, frames }: SwarmOutput & { type: 'send' }): void {
    const link = this.#attempts.get(key(peer, lane))?.link;
    if (link !== undefined) for (const frame of frames) this.#network.send(link, this.id, frame);
  }

  /** With lane 0 all others. */
  #close(peer: PeerId, lane: Lane): void {
    for (const { link, peer: of } of [...this.#attempts.values()])
      if (of === peer && link !== undefined && (lane === 0 || link.lane === lane))
        this.#network.close(link, this.id);
    this.#end(peer, lane);
  }

  #verify({ operation, piece, bytes }: SwarmOutput & { type: 'verify' }): void {
    this.#later(() => {
      const { crypto, layout, layer } = this.#share;
      const leaves = this.#share.leaves(bytes);
      const good = equal(pieceRoot(crypto, leaves, layout, piece), layer.hash(piece));
      this.feed({ type: 'verified', operation, good, leaves });
    });
  }

  #store({ operation, piece, bytes }: SwarmOutput & { type: 'store' }): void {
    this.#later(() => {
      if (this.storing === 'stored') this.store.set(piece, bytes.slice());
      this.feed({ type: 'stored', operation, result: this.storing });
    });
  }

  #later(run: () => void): void {
    this.#network.after(this.#slowness * this.#network.random.next(), run);
  }

  #sleep(): void {
    const { wakeAt } = this.swarm;
    if (wakeAt >= this.#wakeAt || this.#gone) return;
    this.#wakeAt = wakeAt;
    this.#network.after(Math.min(Math.max(wakeAt - this.#network.now, 0), MINUTE), () => {
      if (this.#wakeAt !== wakeAt) return;
      this.#wakeAt = Number.POSITIVE_INFINITY;
      this.feed({ type: 'tick' });
    });
  }

  #truth(piece: number): Bytes {
    const index: PieceIndex | undefined = this.#share.layout.index(piece);
    return index === undefined ? new Uint8Array() : this.#share.piece(index).slice();
  }
}

function key(peer: PeerId, lane: Lane): string {
  return `${peer}/${lane}`;
}
