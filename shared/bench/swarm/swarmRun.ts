import { performance } from 'node:perf_hooks';
import { SECOND, type Time } from '../../src/base/time.ts';
import type { SimPeer } from '../../sim/simPeer.ts';
import { Simulation } from '../../sim/simulation.ts';
import { swarmBound } from './bound.ts';
import { CopyWatch, hold } from './copyWatch.ts';
import { capacitiesOf } from './measures.ts';
import { type PeerPlan, populationOf } from './population.ts';
import type { PeerRecord, RunRecord } from './record.ts';
import { RIVAL_KINDS } from './rivalKinds.ts';
import type { Setting } from './setting.ts';

/** A run is given up so many times the bound after the last join. */
const PATIENCE = 20;
const NINETY = 0.9;
const KIB_PER_MIB = 1024;

interface Member {
  readonly plan: PeerPlan;
  readonly peer: SimPeer;
  leftAt: Time | undefined;
}

/** One simulated swarm, from the first join until all leechers have everything or have left. Runs once. */
export class SwarmRun {
  readonly #setting: Setting;
  readonly #simulation: Simulation;
  readonly #plans: readonly PeerPlan[];
  readonly #copy: CopyWatch;
  readonly #members: Member[] = [];
  /** Leechers that have everything, and those that left without. */
  #completed = 0;
  #failed = 0;
  #sentForOneCopy: number | undefined;
  #ninety: RunRecord['ninety'];
  #brokenAt: Time | undefined;

  constructor(setting: Setting, seed: number) {
    this.#setting = setting;
    this.#simulation = new Simulation({ seed, length: setting.length, pieceLength: setting.pieceLength });
    const { world, content } = this.#simulation;
    this.#plans = populationOf(setting, world.random.fork());
    this.#copy = new CopyWatch(content.layout.indices());
  }

  /** @throws Violation as the simulation does. */
  run(): RunRecord {
    const began = performance.now();
    const { world } = this.#simulation;
    for (const plan of this.#plans) world.after(plan.joinsAt, () => this.#join(plan));
    const end = this.#simulation.run(this.#limit, () => this.#isDone());
    return {
      end,
      endedAt: world.now,
      hash: world.hash.value,
      events: world.events,
      peers: this.#members.map((member) => recordOf(member)),
      sentForOneCopy: this.#sentForOneCopy,
      ninety: this.#ninety,
      brokenAt: this.#brokenAt,
      cost: {
        wallSeconds: (performance.now() - began) / SECOND,
        peakMiB: process.resourceUsage().maxRSS / KIB_PER_MIB,
      },
    };
  }

  get #limit(): Time {
    const lastJoin = this.#plans.at(-1)?.joinsAt ?? 0;
    const bound = swarmBound(capacitiesOf(this.#setting.length, this.#plans));
    return lastJoin + PATIENCE * bound * SECOND;
  }

  #isDone(): boolean {
    this.#watchCopy();
    return this.#completed + this.#failed === this.#setting.leechers;
  }

  #watchCopy(): void {
    const [seed] = this.#members;
    if (seed === undefined || this.#sentForOneCopy !== undefined) return;
    const others = () => this.#members.slice(1).map(({ peer }) => peer);
    if (this.#copy.isOut(this.#simulation.world.now, others)) this.#sentForOneCopy = seed.peer.carried;
  }

  #join(plan: PeerPlan): void {
    const { name, up, down, latency, leaves } = plan;
    const peer = this.#simulation.add({
      name,
      has: plan.role === 'seed' ? 'all' : 'nothing',
      up,
      down,
      latency,
      connections: this.#setting.neighbours,
      completed: () => this.#complete(member),
      ...(plan.rival && { rival: RIVAL_KINDS[plan.rival] }),
    });
    const member: Member = { plan, peer, leftAt: undefined };
    this.#members.push(member);
    if (typeof leaves === 'object') this.#simulation.world.after(leaves.after, () => this.#leave(member));
  }

  #complete(member: Member): void {
    if (member.plan.role === 'seed') return;
    this.#completed++;
    if (this.#completed >= NINETY * this.#setting.leechers) this.#ninety ??= this.#count();
    if (member.plan.leaves === 'when-finished') this.#leave(member);
    if (this.#completed > 1) return;
    for (const each of this.#members) if (each.plan.leaves === 'when-another-finished') this.#leave(each);
  }

  #count(): RunRecord['ninety'] {
    const uploaded = this.#members.reduce((sum, { peer }) => sum + peer.carried, 0);
    return { at: this.#simulation.world.now, uploaded };
  }

  #leave(member: Member): void {
    const { world, content } = this.#simulation;
    member.leftAt = world.now;
    if (member.plan.role === 'leecher' && member.peer.completedAt === undefined) this.#failed++;
    member.peer.leave();
    const present = this.#members.filter(({ leftAt }) => leftAt === undefined).map(({ peer }) => peer);
    const whole = [...content.layout.indices()].every((piece) => hold(present, piece));
    if (!whole) this.#brokenAt ??= world.now;
  }
}

function recordOf({ plan, peer, leftAt }: Member): PeerRecord {
  const { role, rival, leaves, up, down } = plan;
  const { joinedAt, completedAt, carried: uploaded, downloaded } = peer;
  return { role, rival, leaves, up, down, joinedAt, completedAt, leftAt, uploaded, downloaded };
}
