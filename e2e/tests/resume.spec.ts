import type { Participant } from '../support/participant.ts';
import { join } from 'node:path';
import type { Server } from '../support/server.ts';
import type { SharePage } from '../support/sharePage.ts';
import { withFolder, writeRandomFile } from '../support/files.ts';
import { expect, test } from '../support/test.ts';

const MIB = 1024 * 1024;
const SIZE = 16 * MIB;
const SENDER_LIMIT_KIB = 2048;
/** Bytes a receiver may have to fetch again: pieces that were not yet whole, verified and stored. */
const UNFINISHED = MIB;
/**
 * Bytes that may be sent in vain. A browser that is being closed takes a while to die, a sender is told late, and the
 * connection's buffers fill meanwhile: far more on a busy machine than a receiver loses, and far less than the half
 * that was had.
 */
const IN_VAIN = 5 * MIB;

interface Transfer<P extends Participant> {
  readonly sender: P;
  readonly sending: SharePage;
  readonly receiver: P;
  readonly receiving: SharePage;
  readonly link: string;
  readonly path: string;
  readonly hash: string;
}

/** A download that has come to about a half, and is still going on. */
async function halfway<P extends Participant>(
  server: Server,
  newcomer: () => Promise<P>,
  folder: string,
): Promise<Transfer<P>> {
  const path = join(folder, 'long.bin');
  const hash = await writeRandomFile(path, SIZE);
  const [sender, receiver] = [await newcomer(), await newcomer()];
  const sending = await sender.newTab();
  await sending.goto(server.origin);
  await sending.limitUpload(SENDER_LIMIT_KIB);
  const link = await sending.shareFiles([path]);
  const receiving = await receiver.newTab();
  await receiving.receive(link);
  await receiving.press('download');
  await expect.poll(() => receiving.progress(), { timeout: 60_000 }).toBeGreaterThanOrEqual(50);
  return { sender, sending, receiver, receiving, link, path, hash };
}

/** Waits for the end of a download taken up again: the bytes are right, and none was fetched twice. */
async function expectResumed(
  transfer: Transfer<Participant>,
  receiving: SharePage,
  before: number,
): Promise<void> {
  await receiving.waitForState('complete', 90_000);
  const after = await receiving.value('downloaded');
  const sent = await transfer.sending.value('uploaded');
  console.log(`received ${inMib(before)} before and ${inMib(after)} after, sent ${inMib(sent)} in all`);
  expect(before + after).toBeLessThanOrEqual(SIZE + UNFINISHED);
  expect(sent).toBeGreaterThanOrEqual(SIZE);
  expect(sent).toBeLessThanOrEqual(SIZE + IN_VAIN);
  expect(await receiving.save('long.bin')).toEqual({ name: 'long.bin', hash: transfer.hash });
}

function inMib(bytes: number): string {
  return `${(bytes / MIB).toFixed(2)} MiB`;
}

test('a reload in the middle: the download goes on by itself', async ({ server, join: newcomer }) => {
  await withFolder(async (folder) => {
    const transfer = await halfway(server, newcomer, folder);
    const { receiving } = transfer;
    const before = await receiving.value('downloaded');
    const had = await receiving.progress();
    await receiving.recordStates();
    await receiving.page.reload();
    await receiving.waitForState('downloading');
    await expect.poll(() => receiving.progress()).toBeGreaterThanOrEqual(had);
    await expectResumed(transfer, receiving, before);
    expect(await receiving.recordedStates()).toEqual(['downloading', 'complete']);
  });
});

test('a browser closed in the middle: it goes on when it is opened again', async ({
  server,
  joinWithBrowser: newcomer,
}) => {
  await withFolder(async (folder) => {
    const transfer = await halfway(server, newcomer, folder);
    const { receiver, receiving } = transfer;
    const before = await receiving.value('downloaded');
    const had = await receiving.progress();
    await receiver.leave();
    await receiver.comeBack();
    const again = await receiver.newTab();
    await again.goto(server.origin);
    await expect(again.items).toHaveCount(1);
    await again.items.getByRole('button', { name: 'long.bin', exact: true }).click();
    await expect.poll(() => again.progress()).toBeGreaterThanOrEqual(had);
    await expectResumed(transfer, again, before);
  });
});

test('a paused download stays paused over a reload, and goes on when asked to', async ({
  server,
  join: newcomer,
}) => {
  await withFolder(async (folder) => {
    const transfer = await halfway(server, newcomer, folder);
    const { receiving } = transfer;
    await receiving.press('pause');
    await receiving.waitForState('paused');
    await receiving.recordStates();
    await receiving.page.reload();
    await receiving.waitForState('paused');
    await receiving.press('resume');
    await receiving.waitForState('complete', 90_000);
    expect(await receiving.recordedStates()).toEqual(['paused', 'downloading', 'complete']);
    expect(await transfer.sending.value('uploaded')).toBeLessThanOrEqual(SIZE + IN_VAIN);
    expect((await receiving.save('long.bin')).hash).toBe(transfer.hash);
  });
});

test('the sharer reloads in the middle: asked for the files again, it serves again', async ({
  server,
  join: newcomer,
}) => {
  await withFolder(async (folder) => {
    const { sending, receiving, link, path, hash } = await halfway(server, newcomer, folder);
    await sending.page.reload();
    await sending.waitForState('error');
    await expect(sending.error).toContainText('Choose the files again');
    const other = join(folder, 'other.bin');
    await writeRandomFile(other, MIB);
    await sending.page.getByTestId('file-input').setInputFiles(other);
    await expect(sending.error).toContainText('These are not the files that were shared.');
    expect(await sending.shareFiles([path])).toBe(link);
    await receiving.waitForState('complete', 90_000);
    expect(await receiving.save('long.bin')).toEqual({ name: 'long.bin', hash });
    expect(await receiving.value('downloaded')).toBeLessThanOrEqual(SIZE + UNFINISHED);
  });
});
