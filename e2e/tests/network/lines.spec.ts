import type { LineSettings } from '../../support/network/line.ts';
import type { EmulatedNetwork, Line } from '../../support/network/emulatedNetwork.ts';
import type { Participant } from '../../support/participant.ts';
import { withFolder } from '../../support/files.ts';
import { expect, test } from '../../support/network.ts';
import { recordRtc, rtcLog } from '../../support/rtcLog.ts';
import { offered, type Transfer, underWay } from '../../support/transfer.ts';

const MIB = 1024 * 1024;
const NAME = 'far.bin';

/** The sender on such a line, whoever comes after on one that does not limit. */
function comingOn(
  lines: readonly [Line, Line],
  joinOn: (line: Line) => Promise<Participant>,
): () => Promise<Participant> {
  const [first, later] = lines;
  let next = first;
  return () => {
    const participant = joinOn(next);
    next = later;
    return participant;
  };
}

async function twoLines(network: EmulatedNetwork, settings: LineSettings): Promise<readonly [Line, Line]> {
  return [await network.newLine(settings), await network.newLine()];
}

async function expectRightBytes({ receiving, hash }: Transfer): Promise<void> {
  expect(await receiving.save(NAME)).toEqual({ name: NAME, hash });
}

const LINES: Record<string, LineSettings> = {
  'a line with delay': { roundTrip: 200 },
  'a line that loses two packets of a hundred': { roundTrip: 20, loss: 0.02 },
  'a slow line': { roundTrip: 20, up: 256 * 1024, down: 256 * 1024 },
};

for (const [what, settings] of Object.entries(LINES))
  test(`from a sender on ${what}, everything arrives`, async ({ server, startNetwork, joinOn }) => {
    const network = await startNetwork();
    const newcomer = comingOn(await twoLines(network, settings), joinOn);
    await withFolder(async (folder) => {
      const transfer = await offered({ server, newcomer, folder, name: NAME, size: MIB });
      const started = performance.now();
      await transfer.receiving.download();
      const seconds = (performance.now() - started) / 1000;
      const { passedBytes, lost, full } = await network.counts();
      console.log(`${what}: ${seconds.toFixed(1)} s, lost ${lost}, dropped by the queue ${full}`);
      expect(passedBytes).toBeGreaterThan(MIB);
      expect(lost > 0).toBe(settings.loss !== undefined);
      expect(seconds).toBeGreaterThan(MIB / (settings.up ?? Infinity));
      await expectRightBytes(transfer);
    });
  });

test('row 31: a network that goes away and comes back: the download goes on with the same peer', async ({
  server,
  startNetwork,
  joinOn,
}) => {
  const network = await startNetwork();
  const lines = await twoLines(network, { roundTrip: 20 });
  await withFolder(async (folder) => {
    const wish = {
      server,
      newcomer: comingOn(lines, joinOn),
      folder,
      name: NAME,
      size: 4 * MIB,
      limit: 1024,
    };
    const transfer = await underWay(wish, 25);
    const { sending, receiving } = transfer;
    await lines[1].change({ blocked: true });
    await expect.poll(() => receiving.value('rate-down')).toBe(0);
    expect(await receiving.progress()).toBeLessThan(100);
    await lines[1].change({});
    await receiving.waitForState('complete');
    expect(await sending.count('peers')).toBe(1);
    await expectRightBytes(transfer);
  });
});

test('row 31: another address in the middle: the download goes on before the browser gives the connection up', async ({
  server,
  startNetwork,
  joinOn,
}) => {
  const network = await startNetwork();
  const lines = await twoLines(network, { roundTrip: 20 });
  const newcomer = comingOn(lines, async (line) => {
    const participant = await joinOn(line);
    await recordRtc(participant.context);
    return participant;
  });
  await withFolder(async (folder) => {
    const transfer = await underWay({ server, newcomer, folder, name: NAME, size: 4 * MIB, limit: 1024 }, 25);
    const { sending, receiver, receiving } = transfer;
    const since = performance.now();
    await lines[1].changeAddress();
    await receiver.context.setOffline(true);
    await receiver.context.setOffline(false);
    const before = await receiving.progress();
    await expect.poll(() => receiving.progress(), { timeout: 90_000 }).toBeGreaterThan(Math.max(before, 50));
    console.log(`on again after ${((performance.now() - since) / 1000).toFixed(1)} s`);
    await receiving.waitForState('complete');
    for (const { page } of [sending, receiving]) expect((await rtcLog(page)).failed).toBe(0);
    // What the old address was sent went nowhere.
    expect((await network.counts()).blocked).toBeGreaterThan(0);
    await expectRightBytes(transfer);
  });
});
