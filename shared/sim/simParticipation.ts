import type { PeerId } from '../src/base/ids.ts';
import type { Time } from '../src/base/time.ts';
import type { SwarmInput, SwarmOutput } from '../src/swarm/io.ts';
import type { Swarm } from '../src/swarm/swarm.ts';
import { Invitations, type Invited } from './invitations.ts';
import type { PeerDiary } from './peerDiary.ts';
import type { Surroundings } from './peerTraits.ts';
import { SimConnections } from './simConnections.ts';
import { SimPieceWork } from './simPieceWork.ts';
import type { SimSelf } from './simSelf.ts';
import type { SimShare } from './simShare.ts';
import { SwarmRunner } from './swarmRunner.ts';
import { TrackerMember } from './trackerMember.ts';

export interface SimParticipationOptions {
  readonly share: SimShare;
  readonly diary: PeerDiary;
  /** Everything that is wanted is here. */
  completed(): void;
  /** The disk has refused a piece. */
  storageStopped(result: 'full' | 'failed'): void;
}

/** A simulated peer's part in the swarm, until it is gone: performs the outputs of the production swarm. */
export class SimParticipation implements Invited {
  readonly peerId: PeerId;
  readonly check: string;
  readonly latency: Time;
  readonly connections: SimConnections;
  readonly member: TrackerMember;
  readonly invitations: Invitations;
  readonly #surroundings: Surroundings;
  readonly #self: SimSelf;
  readonly #options: SimParticipationOptions;
  readonly #work: SimPieceWork;
  readonly #runner: SwarmRunner;

  constructor(surroundings: Surroundings, self: SimSelf, options: SimParticipationOptions) {
    const { peer, traits } = self;
    const { share } = options;
    this.peerId = peer.peerId;
    this.check = peer.check;
    this.latency = traits.latency;
    this.#surroundings = surroundings;
    this.#self = self;
    this.#options = options;
    const feed = (input: SwarmInput) => this.feed(input);
    this.connections = new SimConnections(surroundings, self, feed);
    this.invitations = new Invitations(surroundings.world, this);
    this.#work = new SimPieceWork(peer, share.disk, surroundings, feed);
    const random = surroundings.world.random.fork();
    const { budget } = this.connections;
    this.#runner = new SwarmRunner(surroundings, self, {
      random,
      budget,
      known: share.known,
      perform: (output) => this.#perform(output),
      stepped: () => this.#stepped(),
    });
    const lonely = () => this.swarm.lonely;
    this.member = new TrackerMember(surroundings, self, { random, lonely, feed });
  }

  get swarm(): Swarm {
    return this.#runner.swarm;
  }

  get ended(): boolean {
    return this.#runner.ended;
  }

  feed(input: SwarmInput): void {
    this.#runner.feed(input);
  }

  start(): void {
    const { traits, rival } = this.#self;
    if (traits.leftOut !== undefined) this.feed({ type: 'leaveOut', pieces: new Set(traits.leftOut) });
    this.feed({ type: rival.downloads === false ? 'tick' : 'download' });
    this.member.start();
  }

  /** The machine may have slept: the peers and the tracker may have forgotten us. */
  woke(): void {
    this.feed({ type: 'woke' });
    this.member.reconnected();
  }

  /** It has another address, perhaps. */
  networkChanged(): void {
    this.feed({ type: 'networkChanged' });
    this.member.reconnect();
  }

  /** The tracker and the others are told. */
  sayGoodbye(): void {
    this.member.stop();
    this.connections.closeAll();
  }

  /** Nobody is told, and what was being written is lost. */
  vanish(): void {
    this.member.fallSilent(() => true);
    this.connections.vanish();
    this.#options.share.disk.crash();
  }

  /** Nothing comes of anything afterwards. */
  end(): void {
    this.member.close();
    this.#runner.end();
    this.connections.count();
  }

  #stepped(): void {
    this.#surroundings.referee.stepped(this.#self.peer);
    this.connections.count();
  }

  #perform(output: SwarmOutput): void {
    switch (output.type) {
      case 'open':
      case 'signal':
      case 'send':
      case 'close':
        return this.connections.perform(output);
      case 'relay':
        return this.#relay(output);
      case 'verify':
        return this.#work.verify(output);
      case 'store':
        return this.#work.store(output);
      case 'read':
        return this.#work.read(output);
      case 'hashLeaves':
        return this.#work.hashLeaves(output);
      case 'metainfo':
      case 'pieceLayer':
      case 'had':
      case 'lost':
        return this.#options.share.hear(output);
      case 'completed':
        return this.#completed();
      case 'storageStopped':
        return this.#options.storageStopped(output.result);
      case 'dropped':
        return this.#options.diary.drops(output);
      case 'membersFound':
      case 'strangersOnly':
      case 'metainfoInvalid':
      case 'overlayOpened':
      case 'overlayClosed':
      case 'overlayReceived':
        return;
    }
  }

  #relay({ to, sealed, by }: SwarmOutput & { type: 'relay' }): void {
    if (by === 'tracker') this.member.relay(to, sealed);
    else this.invitations.relay(to, sealed);
  }

  #completed(): void {
    this.#surroundings.referee.completes(this.#self.peer);
    this.member.completed();
    this.#options.completed();
  }
}
