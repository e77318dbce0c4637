import { join } from 'node:path';
import { withFolder, writeRandomFile } from '../../support/files.ts';
import { expect, test } from '../../support/network.ts';

const MIB = 1024 * 1024;

/** As a link names it. */
function named(...origins: readonly string[]): string {
  return origins.map((origin) => `&tr=${encodeURIComponent(origin.replace(/^http/, 'ws'))}`).join('');
}

test('a link names a dead tracker first and a live one second: it is asked after a press, and completes', async ({
  server,
  startServer,
  joinAt,
}) => {
  await withFolder(async (folder) => {
    const path = join(folder, 'song.bin');
    const hash = await writeRandomFile(path, 2 * MIB);
    const [dead, live] = [await startServer(), await startServer({ ALLOWED_ORIGINS: '*' })];
    await dead.kill();
    const sending = await (await joinAt(live.origin)).newTab();
    await sending.goto(live.origin);
    const code = (await sending.shareFiles([path])).split('#')[1] ?? '';

    const receiver = await joinAt(server.origin);
    const receiving = await receiver.newTab();
    const visited: string[] = [];
    receiving.page.on('websocket', (socket) => visited.push(new URL(socket.url()).host));
    await receiving.goto(`${server.origin}/#${code}${named(dead.origin, live.origin)}`);
    const ask = receiving.page.getByTestId('ask-trackers');
    await expect(ask).toContainText(`localhost:${live.port}`);
    expect(new Set(visited)).toEqual(new Set([new URL(server.origin).host]));

    await ask.click();
    await receiving.waitForState('ready');
    await expect(receiving.page.getByTestId('ways')).toContainText(`localhost:${live.port}`);
    await receiving.download();
    expect((await receiving.save('song.bin')).hash).toBe(hash);
    expect(new Set(visited)).toEqual(new Set([server, dead, live].map(({ port }) => `localhost:${port}`)));
    // It speaks to others, as it was asked to, and not all of them are there.
    receiver.watcher.problems.splice(0);
  });
});

test('Download asks the trackers of a link too, and another visit needs no press', async ({
  server,
  startServer,
  joinAt,
}) => {
  await withFolder(async (folder) => {
    const path = join(folder, 'song.bin');
    await writeRandomFile(path, MIB);
    const other = await startServer({ ALLOWED_ORIGINS: '*' });
    const sending = await (await joinAt(server.origin)).newTab();
    await sending.goto(server.origin);
    const link = (await sending.shareFiles([path])) + named(other.origin);
    const receiver = await joinAt(server.origin);
    const receiving = await receiver.newTab();
    await receiving.receive(link);
    const ways = receiving.page.getByTestId('ways');
    await expect(ways).toContainText(`localhost:${other.port} (asked when you download)`);
    const asked = new RegExp(`localhost:${other.port}(?! \\()`);
    await receiving.download();
    await expect(ways).toContainText(asked);
    await receiving.page.reload();
    await receiving.waitForState('complete');
    await expect(ways).toContainText(asked);
    expect(await receiving.page.evaluate(() => location.hash)).toContain('&tr=');
    receiver.watcher.problems.splice(0);
  });
});
