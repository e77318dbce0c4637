import { join } from 'node:path';
import { expect } from 'playwright/test';
import { writeRandomFile } from './files.ts';
import type { Server } from './server.ts';
import type { SharePage } from './sharePage.ts';
import type { Participant } from './participant.ts';

const MIB = 1024 * 1024;

/** One file on its way from one browser to another. */
export interface Transfer<P extends Participant = Participant> {
  readonly sender: P;
  readonly sending: SharePage;
  readonly receiver: P;
  readonly receiving: SharePage;
  readonly link: string;
  readonly path: string;
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
}

interface Wish<P extends Participant> {
  readonly server: Server;
  readonly newcomer: () => Promise<P>;
  /** Where the file is written. */
  readonly folder: string;
  readonly name?: string;
  readonly size?: number;
  /** KiB a second. */
  readonly limit?: number;
}

/** A file is shared, and the receiver sees its name and size. */
export async function offered<P extends Participant>(wish: Wish<P>): Promise<Transfer<P>> {
  const { server, newcomer, folder, name = 'long.bin', size = 12 * MIB, limit } = wish;
  const path = join(folder, name);
  const hash = await writeRandomFile(path, size);
  const [sender, receiver] = [await newcomer(), await newcomer()];
  const sending = await sender.newTab();
  await sending.goto(server.origin);
  if (limit !== undefined) await sending.limitUpload(limit);
  const link = await sending.shareFiles([path]);
  const receiving = await receiver.newTab();
  await receiving.receive(link);
  return { sender, sending, receiver, receiving, link, path, hash };
}

/** A download that has come so far, in percent, and is still going on. */
export async function underWay<P extends Participant>(wish: Wish<P>, percent: number): Promise<Transfer<P>> {
  const transfer = await offered({ limit: 2048, ...wish });
  await transfer.receiving.press('download');
  await expect
    .poll(() => transfer.receiving.progress(), { timeout: 60_000, intervals: [100] })
    .toBeGreaterThan(percent);
  return transfer;
}

/** Somebody has the whole file. */
export async function delivered<P extends Participant>(wish: Wish<P>): Promise<Transfer<P>> {
  const transfer = await offered(wish);
  await transfer.receiving.download();
  return transfer;
}
