import { MIB } from '../../support/bench.ts';
import { EmulatedNetwork } from '../../support/network/emulatedNetwork.ts';
import { type LineSettings, megabits } from '../../support/network/line.ts';
import type { Profile } from '../../support/profile.ts';
import { measureRawChannel } from '../rawChannel.ts';
import { type Benchmark, type Findings, Samples, type Scene } from './benchmark.ts';
import { withProfiles } from './profiles.ts';
import { measureShare } from './shareTransfer.ts';

const RATE = megabits(40);
const RATE_MIB = RATE / MIB;
/** What bare channels carry is counted for so long at the most. */
const BARE_MS = 12_000;
/** How often a round is tried when the machine is too slow for it. */
const ATTEMPTS = 3;
const CARRIERS = ['Shoal', 'one bare channel', 'four bare channels'] as const;

type Carrier = (typeof CARRIERS)[number];

interface Path {
  readonly key: string;
  readonly line: LineSettings;
  readonly mebibytes: number;
  readonly reach: number;
}

const PATHS: readonly Path[] = [
  { key: 'rtt20', line: { roundTrip: 20 }, mebibytes: 32, reach: 0.75 },
  { key: 'rtt50', line: { roundTrip: 50 }, mebibytes: 32, reach: 0.7 },
  { key: 'rtt50loss1', line: { roundTrip: 50, loss: 0.01 }, mebibytes: 16, reach: 0.25 },
];

/** A share, one bare channel and four through 40 Mbit/s with delay and loss: how much of the line each makes use of. */
export const delayed: readonly Benchmark[] = PATHS.map((path) => ({
  keys: [path.key],
  run: (scene) => run(scene, path),
}));

async function run(scene: Scene, path: Path): Promise<Findings> {
  const samples = new Samples();
  const file = await scene.file(path.mebibytes);
  const wish = { origin: scene.origin, file, mebibytes: path.mebibytes };
  const bare = { bytes: path.mebibytes * MIB, patienceMs: BARE_MS };
  await withLine(path.line, async (network, from, to) => {
    for (let round = 0; round < scene.rounds; round++) {
      await count(network, samples, nameOf(path, 'Shoal'), () => measureShare(from, [to], wish));
      await count(network, samples, nameOf(path, 'one bare channel'), () =>
        measureRawChannel(from, to, bare),
      );
      await count(network, samples, nameOf(path, 'four bare channels'), () =>
        measureRawChannel(from, to, { ...bare, channels: 4 }),
      );
    }
  });
  const use = (carrier: Carrier) => samples.median(nameOf(path, carrier)) / RATE_MIB;
  const [linkUse, oneBareChannel, fourBareChannels] = CARRIERS.map(use);
  const row = { name: `${path.key}.linkUse`, value: use('Shoal'), reach: `>= ${path.reach}` };
  return { figures: { [path.key]: { linkUse, oneBareChannel, fourBareChannels } }, samples, rows: [row] };
}

/** A sender on such a line and a receiver on one that does not limit. */
async function withLine(
  settings: LineSettings,
  use: (network: EmulatedNetwork, from: Profile, to: Profile) => Promise<void>,
): Promise<void> {
  const network = await EmulatedNetwork.start();
  try {
    await withProfiles(1, async (from, [to]) => {
      const [line, other] = [
        await network.newLine({ ...settings, up: RATE, down: RATE }),
        await network.newLine(),
      ];
      await line.attach(from.context);
      await other.attach(to.context);
      await use(network, from, to);
    });
  } finally {
    await network.stop();
  }
}

/** Adds what was measured, unless the kernel dropped more than the queue did: then it is measured again. */
async function count(
  network: EmulatedNetwork,
  samples: Samples,
  name: string,
  measure: () => Promise<number>,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await network.counts();
    const value = await measure();
    const after = await network.counts();
    const dropped = (by: 'full' | 'lost' | 'kernelAtRelay' | 'kernelAtPages') => after[by] - before[by];
    console.log(
      `dropped by the queue ${dropped('full')}, at random ${dropped('lost')}, ` +
        `by the kernel ${dropped('kernelAtRelay')} at the relay and ${dropped('kernelAtPages')} at the pages`,
    );
    if (dropped('kernelAtRelay') + dropped('kernelAtPages') <= dropped('full')) {
      samples.add(name, value);
      return;
    }
    console.log(`${name}: ${value.toFixed(2)} is void`);
  }
}

function nameOf(path: Path, carrier: Carrier): string {
  return `${path.key}, ${carrier}, MiB/s`;
}
