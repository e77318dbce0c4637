import { type Benchmark, Samples } from './benchmark.ts';
import { withProfile } from './profiles.ts';
import { withShare } from './shareTransfer.ts';

const MEBIBYTES = 256;
/** By when the sender has noticed that a receiver is gone. */
const GONE_MS = 60_000;

/** From navigation, in a browser that has nothing of the page, until the first piece is there. */
export const firstPiece: Benchmark = {
  keys: ['firstPieceMs'],
  async run(scene) {
    const samples = new Samples();
    const wish = { origin: scene.origin, file: await scene.file(MEBIBYTES) };
    await withProfile((from) =>
      withShare(from, [], wish, async ({ sender }) => {
        const link = await sender.link();
        for (let round = 0; round < scene.rounds; round++) {
          const { ready, first } = await measure(link);
          samples.add('until Download can be pressed, ms', ready);
          samples.add('until the first piece, ms', first);
          await sender.page.locator('[data-testid="peers"][data-count="0"]').waitFor({ timeout: GONE_MS });
        }
      }),
    );
    const firstPieceMs = samples.median('until the first piece, ms');
    const row = { name: 'firstPieceMs', value: firstPieceMs, reach: '<= 1000' };
    return { figures: { firstPieceMs }, samples, rows: [row] };
  },
};

interface Times {
  readonly ready: number;
  readonly first: number;
}

function measure(link: string): Promise<Times> {
  return withProfile(async (profile) => {
    const page = await profile.newPage();
    await page.addInitScript(pressAtOnce);
    await page.goto(link);
    const times = await page.waitForFunction(() => (globalThis as { times?: Times }).times);
    return (await times.jsonValue()) ?? { ready: Number.NaN, first: Number.NaN };
  });
}

/** Runs in the page, whose clock starts with the navigation. Holds no named function (see `rawChannel.ts`). */
function pressAtOnce(): void {
  let ready: number | undefined;
  new MutationObserver((_, observer) => {
    const download = document.querySelector<HTMLButtonElement>('[data-testid="download"]:enabled');
    if (ready === undefined && download !== null) {
      ready = performance.now();
      download.click();
    }
    const downloaded = document.querySelector<HTMLElement>('[data-testid="downloaded"]');
    if (ready === undefined || Number(downloaded?.dataset['value'] ?? 0) === 0) return;
    observer.disconnect();
    Object.assign(globalThis, { times: { ready, first: performance.now() } });
  }).observe(document, { subtree: true, childList: true, attributes: true });
}
