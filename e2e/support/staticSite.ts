import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const BUILT = fileURLToPath(new URL('../../client/dist', import.meta.url));
const TYPES = new Map([
  ['.html', 'text/html'],
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.webmanifest', 'application/manifest+json'],
]);
const TEXTS = new Set(['.html', '.js']);

/** The built page in a folder of a host that serves files and nothing else: no tracker, no headers of ours. */
class StaticSite {
  /** Ends with a slash. */
  readonly address: string;
  readonly #folder: string;
  readonly #server: Server;

  private constructor(folder: string, server: Server, port: number) {
    this.#folder = folder;
    this.#server = server;
    this.address = `http://localhost:${port}/some/folder/`;
  }

  static async start(): Promise<StaticSite> {
    const folder = await mkdtemp(join(tmpdir(), 'shoal-static-'));
    await cp(BUILT, folder, { recursive: true });
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const path = normalize(pathname.replace(/^\/some\/folder\/$/, '/some/folder/index.html'));
      readFile(join(folder, path.replace(/^\/some\/folder\//, ''))).then(
        (bytes) => response.setHeader('Content-Type', TYPES.get(extname(path)) ?? 'text/plain').end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    server.listen(0, 'localhost');
    await once(server, 'listening');
    const address = server.address();
    return new StaticSite(folder, server, typeof address === 'object' && address !== null ? address.port : 0);
  }

  /** Puts another version in its place: the same page, whose scripts have other names. Resolves with what is in them all. */
  async publish(): Promise<string> {
    const assets = join(this.#folder, 'assets');
    const mark = Math.random().toString(36).slice(2, 10);
    const scripts = (await readdir(assets)).filter((name) => name.endsWith('.js'));
    const renamed = new Map(scripts.map((name) => [name, name.replace(/\.js$/, `-${mark}.js`)]));
    for (const [former, name] of renamed) await rename(join(assets, former), join(assets, name));
    for (const folder of [this.#folder, assets])
      for (const file of await readdir(folder))
        if (TEXTS.has(extname(file))) await replaceIn(join(folder, file), renamed);
    await replaceIn(join(this.#folder, 'serviceWorker.js'), new Map([['"version":"', `"version":"${mark}`]]));
    return mark;
  }

  /** Nothing is served any more, and what was there is deleted. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

export async function withStaticSite(use: (site: StaticSite) => Promise<void>): Promise<void> {
  const site = await StaticSite.start();
  try {
    await use(site);
  } finally {
    await site.stop();
  }
}

async function replaceIn(path: string, texts: ReadonlyMap<string, string>): Promise<void> {
  let text = await readFile(path, 'utf8');
  for (const [former, now] of texts) text = text.replaceAll(former, now);
  await writeFile(path, text);
}
