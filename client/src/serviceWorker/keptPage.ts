/** What the page is made of: the build writes it in front of the service worker. */
export interface PageFiles {
  /** A digest of them all. */
  readonly version: string;
  /** Relative to the scope; the page itself is the empty one. */
  readonly files: readonly string[];
}

const PREFIX = 'shoal-page-';
/** The bundler puts a digest of the content in the names of what lies there: also those of other versions. */
const HASHED = 'assets/';

/**
 * The built page, kept in the browser: it opens with the server gone, and is one version as a whole. A version counts as
 * kept once all of it is here. What goes to the server itself (health, metrics, tracker) is none of it.
 */
export class KeptPage {
  readonly #caches: CacheStorage;
  readonly #scope: string;
  readonly #page: PageFiles;

  constructor(caches: CacheStorage, scope: string, page: PageFiles) {
    this.#caches = caches;
    this.#scope = scope;
    this.#page = page;
  }

  /** Fetches this version, unless it is kept as the newest already. @throws when a file of it is not to be had. */
  async fetch(): Promise<void> {
    const name = PREFIX + this.#page.version;
    const [newest] = await this.#kept();
    if (newest?.name === name) return;
    await this.#caches.delete(name);
    const cache = await this.#caches.open(name);
    await cache.addAll(this.#page.files.map((file) => this.#request(file)));
  }

  /** Fetches this version where none is kept, as when that failed at first. */
  async mend(): Promise<void> {
    if ((await this.#kept()).length === 0) await this.fetch();
  }

  /** Deletes all versions but the newest and the one before it, which tabs may still be open with. */
  async prune(): Promise<void> {
    const spared = new Set((await this.#kept()).slice(0, 2).map(({ name }) => name));
    const others = (await this.#names()).filter((name) => !spared.has(name));
    await Promise.all(others.map((name) => this.#caches.delete(name)));
  }

  /** Whether `answer` is for this request to give. */
  concerns({ method, mode, url }: Pick<Request, 'method' | 'mode' | 'url'>): boolean {
    const file = this.#fileOf(url);
    if (method !== 'GET' || file === undefined) return false;
    if (file === '') return mode === 'navigate';
    return file.startsWith(HASHED) || this.#page.files.includes(file);
  }

  /** From what is kept; from the network where it is not. */
  async answer(request: Request): Promise<Response> {
    const file = this.#fileOf(request.url) ?? '';
    const url = this.#scope + file;
    // Whatever version it is of, it is the right one.
    if (file.startsWith(HASHED)) return (await this.#caches.match(url)) ?? fetch(request);
    const [newest] = await this.#kept();
    return (await newest?.cache.match(url)) ?? fetch(request);
  }

  /** The newest first. */
  async #kept(): Promise<readonly { readonly name: string; readonly cache: Cache }[]> {
    const opened = await Promise.all(
      (await this.#names()).map(async (name) => ({ name, cache: await this.#caches.open(name) })),
    );
    const whole = await Promise.all(opened.map(({ cache }) => cache.match(this.#scope)));
    return opened.filter((_, place) => whole[place] !== undefined).reverse();
  }

  /** In the order of their making. */
  async #names(): Promise<readonly string[]> {
    return (await this.#caches.keys()).filter((name) => name.startsWith(PREFIX));
  }

  /** Relative to the scope, by the one name each file has. */
  #fileOf(url: string): string | undefined {
    const [path = ''] = url.split(/[?#]/);
    if (!path.startsWith(this.#scope)) return undefined;
    const file = path.slice(this.#scope.length);
    return file === 'index.html' ? '' : file;
  }

  #request(file: string): Request {
    return new Request(this.#scope + file, { cache: file.startsWith(HASHED) ? 'default' : 'no-cache' });
  }
}
