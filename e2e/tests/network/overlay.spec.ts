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

test('five share, the server dies, and a sixth, from a static host, comes in by codes and completes from all of them', async ({
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
      await sixth.goto(`${site.address}#${link.split('#')[1] ?? ''}`);
      await sixth.waitForState('connecting');
      await receivers[0]!.bringIn(sixth);
      await sixth.waitForState('ready');
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
