import { deriveShareKeys, SECRET_BYTES } from '../content/keys.ts';
import type { Crypto } from '../base/crypto.ts';
import type { Random } from '../base/random.ts';
import type { Bytes } from '../base/bytes.ts';
import { RateMeter } from '../base/rateMeter.ts';
import { safePaths } from '../content/names.ts';
import { FilesSource, UnreadableFile } from './filesSource.ts';
import type { Clock, RunHasher } from './ports.ts';
import { prepare, type Prepared } from './preparation.ts';
import { blankSnapshot } from './shareSnapshot.ts';
import type { ChosenFile, FileSnapshot, ShareId, ShareProblem, ShareSnapshot } from './snapshot.ts';
import { titleOf } from './title.ts';

export interface PreparingTools {
  readonly clock: Clock;
  readonly crypto: Crypto;
  readonly random: Random;
  readonly runs: RunHasher;
}

export interface PreparedShare extends Prepared {
  readonly secret: Bytes;
}

/** A share that is being made: files chosen, no link yet. */
export class Preparing {
  readonly id: ShareId;
  readonly files: readonly ChosenFile[];
  readonly #tools: PreparingTools;
  readonly #abort = new AbortController();
  readonly #source: FilesSource;
  readonly #title: string;
  readonly #rows: readonly FileSnapshot[];
  readonly #hashed = new RateMeter();
  #problem: ShareProblem | undefined;

  constructor(id: ShareId, chosen: readonly ChosenFile[], tools: PreparingTools) {
    const paths = safePaths(chosen.map(({ path }) => path));
    this.id = id;
    this.files = chosen.map(({ file }, place) => ({ file, path: paths[place] ?? [] }));
    this.#tools = tools;
    this.#source = new FilesSource(this.files);
    this.#title = titleOf(paths);
    this.#rows = this.files.map(({ path, file }, index) => ({
      index,
      path,
      size: file.size,
      have: file.size,
      wanted: true,
    }));
  }

  /** Nothing when it was given up, or failed: the snapshot then says why. */
  async run(progress: () => void): Promise<PreparedShare | undefined> {
    const { crypto, random } = this.#tools;
    const secret = random.bytes(SECRET_BYTES);
    const manifest = {
      files: this.files.map(({ path, file }) => ({ path, size: file.size, type: file.type })),
    };
    const counted = (done: number) => {
      this.#hashed.add(this.#tools.clock.now(), done - this.#hashed.total);
      progress();
    };
    try {
      const keys = deriveShareKeys(crypto, secret);
      return {
        secret,
        ...(await prepare(this.#tools, this.#source, manifest, keys, counted, this.#abort.signal)),
      };
    } catch (error) {
      if (this.#abort.signal.aborted) return undefined;
      this.#problem = problemOf(error);
      return undefined;
    }
  }

  giveUp(): void {
    this.#abort.abort();
  }

  get snapshot(): ShareSnapshot {
    const { size } = this.#source;
    const done = this.#hashed.total;
    const rate = this.#hashed.rate(this.#tools.clock.now());
    return {
      ...blankSnapshot,
      id: this.id,
      role: 'sharer',
      state: this.#problem === undefined ? 'preparing' : 'error',
      title: this.#title,
      files: this.#rows,
      size,
      done,
      eta: rate > 0 ? (size - done) / rate : undefined,
      problem: this.#problem,
    };
  }
}

function problemOf(error: unknown): ShareProblem {
  if (error instanceof UnreadableFile) return { code: 'file-unreadable', name: error.path.join('/') };
  return { code: 'not-shareable', reason: error instanceof Error ? error.message : String(error) };
}
