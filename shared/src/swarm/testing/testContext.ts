import { allocate } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto.ts';
import { type PeerId, peerIdOf } from '../../base/ids.ts';
import { RateMeter } from '../../base/rateMeter.ts';
import type { Time } from '../../base/time.ts';
import { TokenBucket } from '../../base/tokenBucket.ts';
import { MessageDecoder } from '../../wire/codec.ts';
import type { Message } from '../../wire/message.ts';
import type { SwarmContext } from '../context.ts';
import type { DropReason } from '../dropReason.ts';
import { type Operation, operation, type SwarmOutput } from '../io.ts';
import { OutgoingLane } from '../lane.ts';
import { Peer } from '../peer.ts';
import { type Policies, productionPolicies } from '../policies.ts';
import { Seeded } from './seeded.ts';
import { TestBudget } from './testPeer.ts';
import type { TinyShare } from './tinyShare.ts';

/** A swarm for one part of it: what the part wants is written down. */
export class TestContext implements SwarmContext {
  readonly infoHash: SwarmContext['infoHash'];
  readonly peerId: PeerId;
  readonly keys: SwarmContext['keys'];
  readonly crypto: Crypto;
  readonly random: Seeded;
  readonly budget = new TestBudget();
  readonly upload = new TokenBucket();
  readonly allocate = allocate;
  policies: Policies;
  readonly received = new RateMeter();
  readonly sent = new RateMeter();
  readonly peers = new Map<PeerId, Peer>();
  readonly size: number;
  seeding = false;
  empty = false;
  mostLanes = 1;
  now: Time = 0;
  readonly dropped: { readonly peer: PeerId; readonly reason: DropReason; readonly banned: boolean }[] = [];
  #outputs: SwarmOutput[] = [];
  #operations = 0;

  constructor(share: TinyShare, seed = 1) {
    this.infoHash = share.metainfo.infoHash;
    this.keys = share.keys;
    this.crypto = share.crypto;
    this.size = share.layout.length;
    this.random = new Seeded(seed);
    this.policies = productionPolicies(this.random);
    this.peerId = peerIdOf(this.random.bytes(20));
  }

  /** An admitted peer, with so much credit. */
  peer(credit = 1024 * 1024): Peer {
    const lane = new OutgoingLane();
    lane.grant(credit);
    const peer = new Peer(peerIdOf(this.random.bytes(20)), this.now, lane);
    this.peers.set(peer.id, peer);
    return peer;
  }

  /** What has been said to the peer since the last time. */
  said(peer: Peer): readonly Message[] {
    const decoder = new MessageDecoder();
    return [...peer.lanes.values()].flatMap((lane) =>
      lane.flush().flatMap((frame) => {
        const result = decoder.push(frame);
        return result.type === 'messages' ? result.messages : [];
      }),
    );
  }

  /** What has been wanted since the last time. */
  outputs(): SwarmOutput[] {
    const outputs = this.#outputs;
    this.#outputs = [];
    return outputs;
  }

  emit(output: SwarmOutput): void {
    this.#outputs.push(output);
  }

  operation(): Operation {
    return operation(++this.#operations);
  }

  drop(peer: PeerId, reason: DropReason): void {
    this.#end(peer, reason, false);
  }

  ban(peer: PeerId, reason: DropReason): void {
    this.#end(peer, reason, true);
  }

  #end(peer: PeerId, reason: DropReason, banned: boolean): void {
    this.dropped.push({ peer, reason, banned });
    this.peers.delete(peer);
  }
}
