import { join } from 'node:path';
import { withFolder, writeRandomFile } from '../../support/files.ts';
import type { EvilTracker } from '../../support/evilTracker.ts';
import { expect, test } from '../../support/network.ts';
import { recordRtc, rtcLog } from '../../support/rtcLog.ts';

const MIB = 1024 * 1024;

/** What is waited for until so many different ones have come. */
class Gathering {
  readonly #names = new Set<string>();
  readonly #count: number;
  readonly #complete: Promise<void>;
  #open: () => void = () => undefined;

  constructor(count: number) {
    this.#count = count;
    this.#complete = new Promise((resolve) => (this.#open = resolve));
  }

  arrive(name: string): Promise<void> {
    this.#names.add(name);
    if (this.#names.size === this.#count) this.#open();
    return this.#complete;
  }
}

test('two who dial each other at the same moment end with one connection', async ({ startEvil, joinAt }) => {
  const asking = new Gathering(2);
  const offering = new Gathering(2);
  let sender: string | undefined;
  const tracker: EvilTracker = await startEvil({
    async members(members, asker) {
      if (sender === undefined || asker === sender) return members;
      await asking.arrive(asker);
      return tracker.members.filter(({ peerId }) => peerId !== asker);
    },
    async signal(relayed, evil) {
      if (relayed.from !== sender && relayed.to !== sender) await offering.arrive(relayed.from);
      evil.deliver(relayed);
    },
  });
  await withFolder(async (folder) => {
    const path = join(folder, 'duel.bin');
    const hash = await writeRandomFile(path, 4 * MIB);
    const sending = await (await joinAt(tracker.origin)).newTab();
    await sending.goto(tracker.origin);
    await sending.limitUpload(512);
    const link = await sending.shareFiles([path]);
    [sender] = tracker.peers;
    const tabs = await Promise.all([1, 2].map(async () => (await joinAt(tracker.origin)).newTab()));
    for (const tab of tabs) {
      await recordRtc(tab.page);
      await tab.goto(tracker.origin);
      await tab.keepToOneLane();
      // The overlay dials members by itself, and its dials would be counted too.
      await tab.find('off');
    }
    await Promise.all(tabs.map((tab) => tab.receive(link)));
    await Promise.all(tabs.map((tab) => tab.press('download')));
    for (const tab of tabs) await expect.poll(() => tab.count('peers')).toBe(2);
    for (const tab of tabs) expect((await rtcLog(tab.page)).open).toBe(2);
    await Promise.all(tabs.map((tab) => tab.waitForState('complete')));
    const logs = await Promise.all(tabs.map((tab) => rtcLog(tab.page)));
    // Both offered, so one of them made a connection in vain.
    console.log(`connections made: ${logs.map(({ made }) => made).join(', ')}`);
    expect(logs.map(({ made }) => made).sort()).toEqual([2, 3]);
    for (const tab of tabs) expect((await tab.save('duel.bin')).hash).toBe(hash);
  });
});
