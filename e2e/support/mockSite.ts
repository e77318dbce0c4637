import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { build } from 'vite';

const CLIENT = fileURLToPath(new URL('../../client', import.meta.url));
const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
  ['.svg', 'image/svg+xml'],
]);

/** The real page on a session that only shows states, built and served. */
export class MockSite {
  readonly origin: string;
  readonly #folder: string;
  readonly #server: Server;

  private constructor(folder: string, server: Server, port: number) {
    this.#folder = folder;
    this.#server = server;
    this.origin = `http://localhost:${port}`;
  }

  static async start(): Promise<MockSite> {
    const folder = await mkdtemp(join(tmpdir(), 'shoal-mock-'));
    await build({
      configFile: false,
      logLevel: 'error',
      root: CLIENT,
      oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
      build: {
        outDir: folder,
        emptyOutDir: true,
        target: 'es2023',
        rolldownOptions: { input: join(CLIENT, 'mock.html') },
      },
    });
    const server = createServer((request, response) => {
      const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
      readFile(join(folder, path)).then(
        (bytes) => response.setHeader('Content-Type', TYPES.get(extname(path)) ?? 'text/plain').end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    const port = await new Promise<number>((resolve) =>
      server.listen(0, 'localhost', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      }),
    );
    return new MockSite(folder, server, port);
  }

  /** @param language as the page names it; English when nothing is said. */
  address(state: string, language = 'en'): string {
    return `${this.origin}/mock.html?bare&state=${encodeURIComponent(state)}&lang=${language}`;
  }

  async stop(): Promise<void> {
    this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Resolves when what is behind doors that are open is there. */
export async function opened(page: Page): Promise<void> {
  for (const door of await page.locator('details.door[open]').all())
    await door.locator(':scope > :nth-child(2)').waitFor();
}

/** Names of all states, from the page's own list. */
export async function mockStates(
  page: {
    goto(url: string): Promise<unknown>;
    locator(selector: string): { allTextContents(): Promise<string[]> };
  },
  site: MockSite,
): Promise<string[]> {
  await page.goto(`${site.origin}/mock.html`);
  return page.locator('option[data-state]').allTextContents();
}
