import { join } from 'node:path';
import { withFolder, writeRandomFile } from '../../support/files.ts';
import { expect, test } from '../../support/network.ts';
import type { SharePage } from '../../support/sharePage.ts';
import { withStaticSite } from '../../support/staticSite.ts';

const MIB = 1024 * 1024;
const SIZE = 4 * MIB;
/** Of each: slow enough for everybody to be found and to give something, in KiB a second. */
const SLOWLY = 192;

function uploaded(people: readonly SharePage[]): Promise<readonly number[]> {
  return Promise.all(people.map((person) => person.value('uploaded')));
}

test('five share, the server dies, and a sixth, from a static host, comes in by a link with an invitation and completes from all of them', async ({
  startServer,
  joinAt,
}) => {
  test.setTimeout(240_000);
  await withFolder(async (folder) => {
    const path = join(folder, 'orphan.bin');
    const hash = await writeRandomFile(path, SIZE);
    const server = await startServer();
    const people = await Promise.all(Array.from({ length: 5 }, () => joinAt(server.origin)));
    const members = await Promise.all(people.map((person) => person.newTab()));
    const [sending, ...receivers] = members as [SharePage, ...SharePage[]];
    await sending.goto(server.origin);
    const link = await sending.shareFiles([path]);
    await Promise.all(receivers.map((each) => each.receive(link).then(() => each.download())));
    await Promise.all(members.map((each) => each.kept()));
    await server.kill();

    await withStaticSite(async (site) => {
      const newcomer = await joinAt(site.address);
      const sixth = await newcomer.newTab();
      const [host] = receivers;
      const invitation = (await host!.invite()).link;
      await sixth.goto(site.address + new URL(invitation).hash);
      await host!.takeCode(await sixth.answer());
      await sixth.cameIn();
      await sixth.waitForState('ready');
      await expect(sixth.page).toHaveURL(site.address + new URL(link).hash);
      for (const each of members) await each.limitUpload(SLOWLY);
      const before = await uploaded(members);
      await sixth.press('download');
      await expect.poll(() => sixth.count('peers')).toBe(members.length);
      await sixth.waitForState('complete');
      const after = await uploaded(members);
      expect(after.map((bytes, place) => bytes > before[place]!)).toEqual(members.map(() => true));
      expect((await sixth.save('orphan.bin')).hash).toBe(hash);
      // Nobody introduces people where the page comes from.
      const problems = newcomer.watcher.problems.splice(0);
      expect(problems.filter((problem) => !problem.includes('socket.io'))).toEqual([]);
    });
  });
});

/** From the next load of this tab on: which states its connections have been in, in their order. */
async function recordConnections(tab: SharePage): Promise<() => Promise<string>> {
  await tab.page.addInitScript(() => {
    const states: string[] = [];
    const Original = RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        this.addEventListener('connectionstatechange', () => states.push(this.connectionState));
      }
    };
    Object.assign(globalThis, { connectionStates: states });
  });
  return () =>
    tab.page.evaluate(() =>
      (globalThis as unknown as { connectionStates: string[] }).connectionStates.join(' '),
    );
}

test('an answer that takes long to be carried connects: until then, nobody needs to be heard', async ({
  server,
  startNetwork,
  joinOn,
}) => {
  await withFolder(async (folder) => {
    const network = await startNetwork();
    const lines = [await network.newLine(), await network.newLine()] as const;
    const share = async (tab: SharePage, name: string) => {
      await writeRandomFile(join(folder, name), 1000);
      await tab.goto(server.origin);
      await tab.shareFiles([join(folder, name)]);
    };
    const host = await (await joinOn(lines[0])).newTab();
    await share(host, 'one.bin');
    const newcomer = await (await joinOn(lines[1])).newTab();
    const states = await recordConnections(newcomer);
    await share(newcomer, 'two.bin');

    await lines[1].change({ blocked: true });
    const { code } = await host.invite();
    await newcomer.openInvite();
    await newcomer.takeCode(code);
    const answer = await newcomer.answer();
    // The browser has given up, and been told to go on.
    await expect.poll(states, { timeout: 60_000 }).toMatch(/failed.* connecting/);
    await lines[1].change({});
    await host.takeCode(answer);
    await newcomer.cameIn();
  });
});
