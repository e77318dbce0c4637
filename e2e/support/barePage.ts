import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Page } from 'playwright';
import type { Profile } from './profile.ts';

const HTML = '<!doctype html><title>bare</title>';

/**
 * Runs with an empty page of an origin of its own, in a browser that also shows the real one, and with no other script
 * than this, at `/worker.js`: for what a browser can do by itself.
 */
export async function withBarePage<T>(
  profile: Profile,
  worker: string,
  use: (page: Page) => Promise<T>,
): Promise<T> {
  const server = createServer(({ url }, answer) => {
    const isWorker = url === '/worker.js';
    answer.setHeader('content-type', isWorker ? 'text/javascript' : 'text/html');
    answer.end(isWorker ? worker : HTML);
  }).listen(0);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('bare page: expected a port');
  const page = await profile.newPage();
  try {
    await page.goto(`http://localhost:${address.port}/`);
    return await use(page);
  } finally {
    await page.close();
    server.close();
  }
}
