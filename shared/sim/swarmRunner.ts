import type { Random } from '../src/base/random.ts';
import type { Time } from '../src/base/time.ts';
import { TokenBucket } from '../src/base/tokenBucket.ts';
import type { ConnectionBudget } from '../src/swarm/context.ts';
import type { Known } from '../src/swarm/exchange.ts';
import type { SwarmInput, SwarmOutput } from '../src/swarm/io.ts';
import type { Policies } from '../src/swarm/policies.ts';
import { Swarm } from '../src/swarm/swarm.ts';
import type { Surroundings } from './peerTraits.ts';
import { quickCrypto } from './quickCrypto.ts';
import type { SimSelf } from './simSelf.ts';

export interface SwarmRunnerOptions {
  readonly random: Random;
  readonly budget: ConnectionBudget;
  readonly known: Known;
  perform(output: SwarmOutput): void;
  /** All that the swarm wanted done at once has been done. */
  stepped(): void;
}

/** Runs the production swarm on a simulated machine: input after input, and ticks. What comes in its sleep waits. */
export class SwarmRunner {
  readonly swarm: Swarm;
  readonly #surroundings: Surroundings;
  readonly #self: SimSelf;
  readonly #options: SwarmRunnerOptions;
  #wakeAt: Time = Number.POSITIVE_INFINITY;
  #ended = false;

  constructor(surroundings: Surroundings, self: SimSelf, options: SwarmRunnerOptions) {
    this.#surroundings = surroundings;
    this.#self = self;
    this.#options = options;
    this.swarm = swarmOf(surroundings, self, options);
  }

  get ended(): boolean {
    return this.#ended;
  }

  feed(input: SwarmInput): void {
    const { clock } = this.#self;
    if (clock.asleep) clock.whenAwake(() => this.#step(input));
    else this.#step(input);
  }

  /** Whatever comes from now on reaches nobody. */
  end(): void {
    this.#ended = true;
    this.swarm.end();
  }

  #step(input: SwarmInput): void {
    if (this.#ended) return;
    const { world, pool } = this.#surroundings;
    world.hash.addInput(world.now, this.#self.number, input);
    for (const output of this.swarm.step(this.#self.clock.now(), input)) {
      this.#options.perform(output);
      // One output may be what ends us.
      if (this.ended) return;
    }
    this.#options.stepped();
    this.#schedule();
    // A swarm copies what it keeps of a message.
    if (input.type === 'received') pool.giveBack(input.bytes);
  }

  /** A wake too early does no harm. */
  #schedule(): void {
    const { wakeAt } = this.swarm;
    if (wakeAt >= this.#wakeAt) return;
    this.#wakeAt = wakeAt;
    this.#self.clock.at(wakeAt, () => {
      if (this.#wakeAt !== wakeAt) return;
      this.#wakeAt = Number.POSITIVE_INFINITY;
      this.feed({ type: 'tick' });
    });
  }
}

function swarmOf(
  { content, pool }: Surroundings,
  { peer, traits, rival }: SimSelf,
  { random, budget, known }: SwarmRunnerOptions,
): Swarm {
  return new Swarm({
    ...known,
    infoHash: content.metainfo.infoHash,
    peerId: peer.peerId,
    keys: content.keys,
    crypto: quickCrypto,
    random,
    budget,
    upload: new TokenBucket(rival.uploadLimit ?? traits.uploadLimit),
    allocate: (length) => pool.take(length),
    policies: rival.policies ?? policiesWith(traits.connections),
  });
}

function policiesWith(connections: number | undefined): Partial<Policies> {
  return connections === undefined ? {} : { maxPeers: Math.floor((2 * connections) / 3) };
}
