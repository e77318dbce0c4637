import { join } from 'node:path';
import { median, MIB } from '../../support/bench.ts';
import { writeRandomFile } from '../../support/files.ts';

/** What all benchmarks of one run share. */
export class Scene {
  /** Of the page. */
  readonly origin: string;
  readonly rounds: number;
  readonly #folder: string;
  readonly #files = new Map<string, Promise<string>>();

  constructor(origin: string, rounds: number, folder: string) {
    this.origin = origin;
    this.rounds = rounds;
    this.#folder = folder;
  }

  /** The path of a file of so many random bytes, written once. */
  file(mebibytes: number): Promise<string> {
    const name = `${mebibytes}-mib.bin`;
    const known = this.#files.get(name);
    if (known !== undefined) return known;
    const path = join(this.#folder, name);
    const written = writeRandomFile(path, mebibytes * MIB, name).then(() => path);
    this.#files.set(name, written);
    return written;
  }
}

/** What was measured round by round, by a name that says of what and in which unit. */
export class Samples {
  readonly #lists = new Map<string, number[]>();

  add(name: string, value: number): void {
    const list = this.#lists.get(name);
    if (list === undefined) this.#lists.set(name, [value]);
    else list.push(value);
    console.log(`${name}: ${value.toFixed(2)}`);
  }

  of(name: string): readonly number[] {
    return this.#lists.get(name) ?? [];
  }

  median(name: string): number {
    return median(this.of(name));
  }

  get all(): Readonly<Record<string, readonly number[]>> {
    return Object.fromEntries(this.#lists);
  }
}

/** What one benchmark found. */
export interface Findings {
  /** What the JSON has under the benchmark's keys. */
  readonly figures: Readonly<Record<string, unknown>>;
  readonly samples: Samples;
  /** For people: what was reached, and what is to be. */
  readonly rows: readonly Row[];
}

interface Row {
  readonly name: string;
  readonly value: number;
  readonly reach: string;
}

export interface Benchmark {
  /** The names by which it is chosen, which are keys of the JSON. */
  readonly keys: readonly string[];
  run(scene: Scene): Promise<Findings>;
}
