import { type PeerId, peerIdOf } from '../src/base/ids.ts';
import type { Time } from '../src/base/time.ts';
import { memberCheck } from '../src/content/keys.ts';
import type { PieceIndex } from '../src/content/layout.ts';
import type { Peer } from '../src/swarm/peer.ts';
import type { AsleepClock } from './machineClock.ts';
import { PeerDiary } from './peerDiary.ts';
import type { PeerTraits, Remains, Surroundings } from './peerTraits.ts';
import { quickCrypto } from './quickCrypto.ts';
import type { Observed } from './referee.ts';
import type { SimDisk } from './simDisk.ts';
import { SimMachine } from './simMachine.ts';
import { SimParticipation } from './simParticipation.ts';
import { SimShare } from './simShare.ts';

export interface PeerOptions extends PeerTraits {
  /** Called as soon as everything is here. */
  readonly completed?: (peer: SimPeer) => void;
  /** Called when its disk has refused a piece, and it has left because of that. */
  readonly storageStopped?: (peer: SimPeer, result: 'full' | 'failed') => void;
}

/** One peer, on a simulated machine: what it is made to do from outside, and what may be known of it. */
export class SimPeer implements Observed {
  readonly name: string;
  readonly peerId: PeerId;
  readonly check: string;
  readonly joinedAt: Time;
  readonly honest: boolean;
  readonly options: PeerOptions;
  readonly #surroundings: Surroundings;
  readonly #diary: PeerDiary;
  readonly #share: SimShare;
  readonly #machine: SimMachine;
  readonly #participation: SimParticipation;

  /** @param number of the peer in this run. */
  constructor(surroundings: Surroundings, number: number, options: PeerOptions) {
    const { world, network, content } = surroundings;
    this.#surroundings = surroundings;
    this.options = options;
    this.name = options.name;
    this.joinedAt = world.now;
    this.peerId = peerIdOf(world.random.bytes(20));
    this.check = memberCheck(quickCrypto, content.keys.check, this.peerId);
    this.#diary = new PeerDiary(world, this.name);
    this.#share = new SimShare(surroundings, options, this.#diary);
    const { up } = options;
    const { pieceLength } = content.layout;
    const rival = options.rival?.({ random: world.random.fork(), up, pieceLength }) ?? { honest: true };
    this.honest = rival.honest;
    this.#machine = new SimMachine(this.name, world, network, () => this.#participation.woke());
    const self = { peer: this, number, traits: options, rival, clock: this.#machine.clock };
    this.#participation = new SimParticipation(surroundings, self, {
      share: this.#share,
      diary: this.#diary,
      completed: () => this.#completed(),
      storageStopped: (result) => this.#storageStopped(result),
    });
  }

  get disk(): SimDisk {
    return this.#share.disk;
  }

  get pieces(): SimDisk['pieces'] {
    return this.disk.pieces;
  }

  /** Whether it wants a piece that is not here. */
  lacks(piece: PieceIndex): boolean {
    return this.#share.lacks(piece);
  }

  /** What is there for this peer to come back with. */
  get remains(): Remains {
    return this.#share.remains;
  }

  /** Has neither left nor crashed. It may be asleep. */
  get present(): boolean {
    return !this.#participation.ended;
  }

  /** When it had everything. */
  get completedAt(): Time | undefined {
    return this.#diary.completedAt;
  }

  /** Whom it has dropped, and why. */
  get dropped(): PeerDiary['dropped'] {
    return this.#diary.dropped;
  }

  /** Those it is connected with. */
  get neighbours(): ReadonlyMap<PeerId, Peer> {
    return this.#participation.swarm.peers;
  }

  /** Bytes that have left its line, small messages not counted. */
  get carried(): number {
    return this.#participation.connections.carried;
  }

  /** Piece bytes that were given to its line, and came in. */
  get uploaded(): number {
    return this.#participation.swarm.sent.total;
  }

  get downloaded(): number {
    return this.#participation.swarm.received.total;
  }

  join(): void {
    const { name, up, down } = this.options;
    this.#diary.tell({ type: 'joined', peer: name, id: this.peerId, up, down, pieces: this.pieces.size });
    this.#participation.start();
  }

  /** The two come to know each other without the tracker, as by codes that people pass on. */
  invite(other: SimPeer): void {
    this.#participation.invitations.add(other.#participation);
    other.#participation.invitations.add(this.#participation);
  }

  /** Goes as closed tabs do: the tracker and the others are told, unless the machine is asleep. */
  leave(): void {
    if (!this.present) return;
    if (this.#machine.asleep) return this.crash();
    this.#participation.sayGoodbye();
    this.#end('left');
  }

  /** Is gone at once: nobody is told, and what was being written is lost. */
  crash(): void {
    if (!this.present) return;
    this.#participation.vanish();
    this.#end('crashed');
  }

  /** The machine stands still, and nobody reaches it. */
  sleep(clock: AsleepClock): void {
    if (!this.present || this.#machine.asleep) return;
    this.#diary.is('asleep');
    this.#machine.sleep(clock);
    this.#participation.member.fallSilent(() => this.#machine.asleep);
  }

  wake(): void {
    if (!this.#machine.asleep) return;
    this.#diary.is('awake');
    this.#machine.wake();
  }

  /** Its connection to the tracker leads nowhere any more. */
  loseTracker(): void {
    this.#participation.member.trackerLost();
  }

  /** Its browser tells it that it has another address, perhaps. */
  tellNetworkChanged(): void {
    this.#participation.networkChanged();
  }

  /** Somebody sets the clock on the wall, ahead or, where negative, back. */
  setWall(by: Time): void {
    if (this.present) this.#machine.setWall(by);
  }

  #end(how: 'left' | 'crashed'): void {
    this.#diary.is(how);
    this.#participation.end();
    this.#machine.end();
  }

  #completed(): void {
    this.#diary.completes();
    this.#surroundings.world.after(0, () => this.options.completed?.(this));
  }

  /** As a page does, until the person goes on. */
  #storageStopped(result: 'full' | 'failed'): void {
    this.#diary.tell({ type: 'storage-stopped', peer: this.name, result });
    this.leave();
    this.options.storageStopped?.(this, result);
  }
}
