import { MINUTE, SECOND, type Time } from '../src/base/time.ts';
import { Reachability } from './reachability.ts';
import { SimDisk, SOUND } from './simDisk.ts';
import type { Remains } from './peerTraits.ts';
import type { PeerOptions, SimPeer } from './simPeer.ts';
import { Simulation } from './simulation.ts';
import type { Trace } from './trace.ts';
import { Violation } from './violation.ts';
import { endOf, type Fault, type PlannedPeer, RIVALS, type WorldPlan } from './worldPlan.ts';

/** How often it is asked whether all is done. */
const LOOK = SECOND;
/** A world that has not come to rest by then never will. */
const LONGEST = 24 * 60 * MINUTE;
const MOST_EVENTS = 2_000_000;
/** A person who was told of a refused write tries again. */
const RESUMED_AFTER = 3 * SECOND;

/**
 * Runs a planned world until its faults are over, everybody who is there has all that can be had there, and every
 * request is answered.
 *
 * @throws Violation, or whatever else went wrong.
 */
export function runWorld(plan: WorldPlan, trace?: Trace): Simulation {
  return new WorldRun(plan, trace).run();
}

class WorldRun {
  readonly #plan: WorldPlan;
  readonly #simulation: Simulation;
  readonly #reachability: Reachability;
  /** Who plays each planned peer now. */
  readonly #players = new Map<number, SimPeer>();
  readonly #calmAt: Time;
  #returning = 0;
  #done = false;

  constructor(plan: WorldPlan, trace: Trace | undefined) {
    const { seed, length, pieceLength, peers, faults } = plan;
    this.#plan = plan;
    this.#simulation = new Simulation({ seed, length, pieceLength, ...(trace && { trace }) });
    this.#reachability = new Reachability(this.#simulation);
    this.#calmAt = Math.max(0, ...peers.map(({ joinsAt }) => joinsAt), ...faults.map(endOf));
    const { world } = this.#simulation;
    for (const [place, peer] of peers.entries()) world.at(peer.joinsAt, () => this.#join(place, peer));
    for (const fault of faults) world.at(fault.at, () => this.#begin(fault));
  }

  run(): Simulation {
    this.#look();
    const { world } = this.#simulation;
    const end = this.#simulation.run(LONGEST, () => this.#done || world.events > MOST_EVENTS);
    if (end !== 'done' || !this.#done) throw new Violation(world, 'the world does not come to rest');
    return this.#simulation;
  }

  #look(): void {
    const { world } = this.#simulation;
    const calm = world.now > this.#calmAt && this.#returning === 0;
    if (!calm) this.#reachability.changed();
    this.#done = calm && this.#reachability.look() === 'all-had' && this.#simulation.settled;
    world.after(LOOK, () => this.#look());
  }

  #join(place: number, { rival, ...planned }: PlannedPeer): void {
    const { world } = this.#simulation;
    const options: PeerOptions = {
      ...planned,
      has: this.#remainsOf(planned),
      ...(rival && { rival: RIVALS[rival] }),
      completed: (peer) => {
        if (planned.staysOn !== undefined) world.after(planned.staysOn, () => peer.leave());
      },
      storageStopped: () => this.#comeBackAt(place, this.#resumeAt(place)),
    };
    this.#players.set(place, this.#simulation.add(options));
  }

  #remainsOf({ has, disk }: PlannedPeer): 'all' | 'nothing' | Remains {
    if (typeof has === 'string') return has;
    const { world, content } = this.#simulation;
    const { metainfo, layer, layout } = content;
    const pieces = [...layout.indices()].filter((piece) => has.includes(piece));
    return { disk: new SimDisk(world, content, pieces, disk), metainfo, layer };
  }

  /** Once its disk is as it should be. */
  #resumeAt(place: number): Time {
    const { now } = this.#simulation.world;
    const ends = this.#plan.faults
      .filter((fault) => fault.type === 'disk' && fault.peer === place && fault.at <= now)
      .map(endOf);
    return Math.max(now, ...ends) + RESUMED_AFTER;
  }

  #comeBackAt(place: number, at: Time): void {
    this.#returning++;
    this.#simulation.world.at(at, () => {
      this.#returning--;
      const player = this.#players.get(place);
      if (player?.present === false) this.#players.set(place, this.#simulation.comeBack(player));
    });
  }

  #begin(fault: Fault): void {
    switch (fault.type) {
      case 'goes':
        return this.#go(fault);
      case 'sleeps':
        return this.#sleep(fault);
      case 'clock-set':
        return this.#players.get(fault.peer)?.setWall(fault.by);
      case 'tracker-gone':
        this.#simulation.tracker.goDown();
        return this.#simulation.world.after(fault.for, () => this.#simulation.tracker.comeUp());
      case 'partition':
        return this.#split(fault);
      case 'disk':
        return this.#changeDisk(fault);
      case 'rots':
        return this.#rot(fault);
    }
  }

  #go({ peer: place, how, backAfter }: Fault & { type: 'goes' }): void {
    const player = this.#players.get(place);
    if (player === undefined) return;
    if (how === 'leaves') player.leave();
    else player.crash();
    if (backAfter !== undefined) this.#comeBackAt(place, this.#simulation.world.now + backAfter);
  }

  #sleep({ peer, clock, for: duration }: Fault & { type: 'sleeps' }): void {
    const player = this.#players.get(peer);
    player?.sleep(clock);
    this.#simulation.world.after(duration, () => player?.wake());
  }

  #split({ groups, tracker, for: duration }: Fault & { type: 'partition' }): void {
    const { network, world } = this.#simulation;
    const group = new Map(this.#plan.peers.map(({ name }, place) => [name, groups[place] ?? 0]));
    network.split({
      groupOf: (peer) => group.get(peer) ?? 0,
      ...(tracker !== undefined && { tracker }),
    });
    world.after(duration, () => network.heal());
  }

  #changeDisk({ peer, options, for: duration }: Fault & { type: 'disk' }): void {
    const disk = this.#players.get(peer)?.disk;
    disk?.change(options);
    this.#simulation.world.after(duration, () => disk?.change({ ...SOUND, ...this.#plan.peers[peer]?.disk }));
  }

  #rot({ peer, pieces }: Fault & { type: 'rots' }): void {
    const disk = this.#players.get(peer)?.disk;
    for (const piece of this.#simulation.content.layout.indices())
      if (pieces.includes(piece)) disk?.rot(piece);
  }
}
