import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator } from 'playwright';
import { mebibytes, MIB } from '../../support/bench.ts';
import type { Profile } from '../../support/profile.ts';
import { SharePage } from '../../support/sharePage.ts';
import { type Benchmark, Samples, type Scene } from './benchmark.ts';
import { withProfiles } from './profiles.ts';
import { pressAndTime } from './shareTransfer.ts';

/** `--mib` says another. */
const LARGE = mebibytes(4096);
const SMALL = 512;
const BESIDE = 1;
const REACH = 250;
const MORE_THAN_SMALL = 30;
const EVERY_MS = 200;
/** Between two readings of a page that has come to rest, and by how much they may differ. */
const REST_MS = 1000;
const REST_BYTES = MIB;
const PATIENCE_MS = 30 * 60_000;

const DOINGS = ['receiving', 'sending', 'saving', 'zipping'] as const;

/** What a browser needs at the most, all its processes together, beyond what it needs to show the page. */
export const memory: Benchmark = {
  keys: ['memoryMiB'],
  async run(scene) {
    const samples = new Samples();
    for (let round = 0; round < scene.rounds; round++)
      for (const size of new Set([SMALL, LARGE]))
        await withProfiles(1, (from, [to]) => measure(scene, samples, size, from, to));
    const of = (size: number) =>
      Object.fromEntries(DOINGS.map((doing) => [doing, samples.median(nameOf(doing, size))]));
    return {
      figures: { memoryMiB: { ...of(LARGE), at512MiB: of(SMALL) } },
      samples,
      rows: DOINGS.map((doing) => rowOf(samples, doing)),
    };
  },
};

function rowOf(samples: Samples, doing: (typeof DOINGS)[number]) {
  const reach = Math.min(samples.median(nameOf(doing, SMALL)) + MORE_THAN_SMALL, REACH);
  const value = samples.median(nameOf(doing, LARGE));
  return { name: `memoryMiB.${doing}`, value, reach: `<= ${reach.toFixed(0)}` };
}

async function measure(
  scene: Scene,
  samples: Samples,
  size: number,
  from: Profile,
  to: Profile,
): Promise<void> {
  const [sender, receiver] = [new SharePage(await from.newPage()), new SharePage(await to.newPage())];
  await Promise.all([sender, receiver].map((page) => page.goto(scene.origin)));
  const idle = { from: await atRest(from), to: await atRest(to) };
  const add = (doing: string, bytes: number) => samples.add(nameOf(doing, size), bytes / MIB);

  const hashing = Peak.watch(from);
  // With a second file, all can be saved as a zip.
  await sender.page
    .getByTestId('file-input')
    .setInputFiles([await scene.file(size), await scene.file(BESIDE)]);
  await sender.waitForState('sharing', PATIENCE_MS);
  add('hashing', (await hashing.end()) - idle.from);

  await receiver.receive(await sender.link());
  const [sending, receiving] = [Peak.watch(from), Peak.watch(to)];
  await pressAndTime([receiver]);
  add('receiving', (await receiving.end()) - idle.to);
  add('sending', (await sending.end()) - idle.from);

  const saving = Peak.watch(to);
  await save(receiver, receiver.row(`${size}-mib.bin`).getByTestId('save'));
  add('saving', (await saving.end()) - idle.to);

  const zipping = Peak.watch(to);
  await save(receiver, receiver.page.getByTestId('save-all'));
  add('zipping', (await zipping.end()) - idle.to);
}

/** Until it is whole. */
async function save({ page }: SharePage, button: Locator): Promise<void> {
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: PATIENCE_MS }),
    button.click(),
  ]);
  await rm(await download.path());
}

async function atRest(profile: Profile): Promise<number> {
  let before = Infinity;
  for (;;) {
    const now = await profile.memory();
    if (Math.abs(now - before) < REST_BYTES) return now;
    before = now;
    await delay(REST_MS);
  }
}

/** The most memory that a browser has while it is watched. */
class Peak {
  #bytes = 0;
  #ended = false;
  readonly #watching: Promise<void>;

  private constructor(profile: Profile) {
    this.#watching = this.#watch(profile);
  }

  static watch(profile: Profile): Peak {
    return new Peak(profile);
  }

  async end(): Promise<number> {
    this.#ended = true;
    await this.#watching;
    return this.#bytes;
  }

  async #watch(profile: Profile): Promise<void> {
    while (!this.#ended) {
      this.#bytes = Math.max(this.#bytes, await profile.memory());
      await delay(EVERY_MS);
    }
  }
}

function nameOf(doing: string, size: number): string {
  return `${doing} ${size} MiB, MiB`;
}
