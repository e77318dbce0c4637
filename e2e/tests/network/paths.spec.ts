import { join } from 'node:path';
import { withFolder, writeRandomFile } from '../../support/files.ts';
import { expect, test } from '../../support/network.ts';
import { findTurnServer, TurnServer } from '../../support/turnServer.ts';

const SECRET = 'known-to-both';

test('row 30: where no direct path is, everything goes through the TURN server', async ({
  startServer,
  startNetwork,
  joinAt,
}) => {
  const path = findTurnServer();
  test.skip(path === undefined, 'no TURN server can be had: install coturn, or put turnserver on the PATH');
  const turn = await TurnServer.start(path!, SECRET);
  try {
    const [network, server] = [
      await startNetwork(),
      await startServer({ TURN_URLS: turn.url, TURN_SECRET: SECRET }),
    ];
    const line = await network.newLine({ blocked: true });
    const [sender, receiver] = [await joinAt(server.origin), await joinAt(server.origin)];
    for (const { context } of [sender, receiver]) await line.attach(context);
    await withFolder(async (folder) => {
      const file = join(folder, 'around.bin');
      const hash = await writeRandomFile(file, 1024 * 1024);
      const sending = await sender.newTab();
      await sending.goto(server.origin);
      const receiving = await receiver.newTab();
      await receiving.receive(await sending.shareFiles([file]));
      await receiving.download();
      expect(await receiving.save('around.bin')).toEqual({ name: 'around.bin', hash });
    });
    const { passed, blocked } = await network.counts();
    expect(blocked).toBeGreaterThan(0);
    expect(passed).toBe(0);
  } finally {
    await turn.stop();
  }
});

test('row 30: where no path is at all, the page says why', async ({ server, startNetwork, joinOn }) => {
  const network = await startNetwork();
  const line = await network.newLine({ blocked: true });
  await withFolder(async (folder) => {
    const file = join(folder, 'nowhere.bin');
    await writeRandomFile(file, 1000);
    const sending = await (await joinOn(line)).newTab();
    await sending.goto(server.origin);
    const receiving = await (await joinOn(line)).newTab();
    await receiving.goto(await sending.shareFiles([file]));
    await expect(receiving.trouble).toContainText('no direct connection has succeeded yet');
    await line.change({});
    await receiving.waitForState('ready');
    await expect(receiving.trouble).toHaveCount(0);
  });
});
