import type { Clock, PieceRun, RunHasher, RunResult } from '@shoal/shared/host/ports.ts';

/** Beyond this a disk is what hashing waits for. */
const MOST_WORKERS = 4;
/** So that one run is read while another is hashed. */
const RUNS_EACH = 2;

/** A worker that hashes. */
export interface HashingWorker {
  hash(run: PieceRun): Promise<RunResult>;
  /** Settles when the worker cannot be had, or has died. */
  readonly broken: Promise<unknown>;
  end(): void;
}

export interface HashingPoolOptions {
  /** @throws where the browser starts no more workers. */
  start(): HashingWorker;
  /** Hashes on this thread: what is hashed before a worker would be ready, or when there is none. */
  readonly local: RunHasher;
  readonly cores: number;
  readonly clock: Clock;
}

interface Member {
  readonly worker: HashingWorker;
  runs: number;
}

/** Hashes in as many workers as there are cores, which come when they are needed and go when they are not. */
export class HashingPool implements RunHasher {
  readonly width: number;
  readonly #options: HashingPoolOptions;
  readonly #most: number;
  #members: Member[] = [];
  #alone = false;
  #useless = false;
  #callOff: (() => void) | undefined;

  constructor(options: HashingPoolOptions) {
    this.#options = options;
    this.#most = Math.max(1, Math.min(options.cores, MOST_WORKERS));
    this.width = this.#most * RUNS_EACH;
  }

  /** The first run is done here at once: for many a share that is all, and a worker takes its time to start. */
  async hash(run: PieceRun): Promise<RunResult> {
    if (this.#members.length === 0 && !this.#alone) return this.#hashAlone(run);
    const member = this.#freest();
    return member === undefined ? this.#options.local.hash(run) : this.#hashWith(member, run);
  }

  async #hashAlone(run: PieceRun): Promise<RunResult> {
    this.#alone = true;
    try {
      return await this.#options.local.hash(run);
    } finally {
      this.#alone = false;
    }
  }

  async #hashWith(member: Member, run: PieceRun): Promise<RunResult> {
    member.runs++;
    this.#callOff?.();
    try {
      const broken = member.worker.broken.then(() => undefined);
      const result = await Promise.race([member.worker.hash(run), broken]);
      if (result !== undefined) return result;
      this.#drop(member);
      return await this.#options.local.hash(run);
    } finally {
      member.runs--;
      this.#rest();
    }
  }

  #freest(): Member | undefined {
    const [freest] = [...this.#members].sort((a, b) => a.runs - b.runs);
    if (freest?.runs === 0 || this.#members.length >= this.#most || this.#useless) return freest;
    try {
      const member = { worker: this.#options.start(), runs: 0 };
      this.#members.push(member);
      return member;
    } catch {
      this.#useless = true;
      return freest;
    }
  }

  /** One that did not come, or died, is not tried again: those left do, or this thread. */
  #drop(member: Member): void {
    this.#useless = true;
    this.#members = this.#members.filter((each) => each !== member);
    member.worker.end();
  }

  /** Who goes on at once keeps the workers. Otherwise they go: each has a hundred megabytes that it has done with. */
  #rest(): void {
    if (this.#members.some(({ runs }) => runs > 0)) return;
    const { clock } = this.#options;
    this.#callOff?.();
    this.#callOff = clock.at(clock.now(), () => {
      for (const { worker } of this.#members) worker.end();
      this.#members = [];
      this.#useless = false;
    });
  }
}
