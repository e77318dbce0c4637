import type { Job, Outcome } from './job.ts';
import type { RunRecord } from './record.ts';
import { DEFAULT, type Setting } from './setting.ts';
import type { SlottedRecord, SlottedSetting } from './slotted/slottedWorld.ts';
import { MIB } from './units.ts';

/** Performs a job somewhere. */
export interface Performer {
  run(job: Job): Promise<Outcome>;
}

export interface BenchOptions {
  /** How many seeds a case has. */
  readonly seeds: number;
  /** Leechers and MiB of the default setting: fewer for a quick look. */
  readonly peers: number;
  readonly mib: number;
}

/** What a case measures with. A run that several cases ask for happens once. */
export class Bench {
  readonly #performer: Performer;
  readonly #options: BenchOptions;
  readonly #runs = new Map<string, Promise<RunRecord>>();

  constructor(performer: Performer, options: BenchOptions) {
    this.#performer = performer;
    this.#options = options;
  }

  /** The default setting, with these differences. */
  setting(differences: Partial<Setting> = {}): Setting {
    const { peers, mib } = this.#options;
    return { ...DEFAULT, leechers: peers, length: mib * MIB, ...differences };
  }

  /** A number of peers beside the default's 100, fewer for a quick look. */
  scaled(peers: number): number {
    return Math.round((peers * this.#options.peers) / DEFAULT.leechers);
  }

  /** Measures once for each seed, 1, 2, 3 …; a case may need `times` as many seeds as the others. */
  perSeed<T>(measure: (seed: number) => Promise<T>, times = 1): Promise<T[]> {
    const count = this.#options.seeds * times;
    return Promise.all(Array.from({ length: count }, (_, index) => measure(index + 1)));
  }

  swarm(setting: Setting, seed: number): Promise<RunRecord> {
    const job: Job = { type: 'swarm', setting, seed };
    const key = JSON.stringify(job);
    const run = this.#runs.get(key) ?? this.#swarm(job);
    this.#runs.set(key, run);
    return run;
  }

  async slotted(setting: SlottedSetting, seed: number): Promise<SlottedRecord> {
    const outcome = await this.#performer.run({ type: 'slotted', setting, seed });
    if (outcome.type !== 'slotted') throw unexpected('slotted', outcome);
    return outcome.record;
  }

  async #swarm(job: Job): Promise<RunRecord> {
    const outcome = await this.#performer.run(job);
    if (outcome.type !== 'swarm') throw unexpected('swarm', outcome);
    return outcome.record;
  }
}

function unexpected(expected: Outcome['type'], outcome: Outcome): Error {
  const received = outcome.type === 'failed' ? outcome.error : `that of a ${outcome.type} job`;
  return new Error(`expected the outcome of a ${expected} job, received ${received}`);
}
