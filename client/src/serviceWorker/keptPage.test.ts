import { beforeEach, describe, expect, it, vi } from 'vitest';
import { KeptPage } from './keptPage.ts';

const SCOPE = 'https://shoal.example/sub/';
const page = (version: string) => ({
  version,
  files: ['', `assets/index-${version}.js`, 'icon.svg'],
});

/** As browsers have it, as far as it is used here: a cache takes all or nothing, and names keep their order. */
class Caches {
  readonly made = new Map<string, Map<string, Response>>();

  open(name: string): Promise<object> {
    const files = this.made.get(name) ?? new Map<string, Response>();
    this.made.set(name, files);
    return Promise.resolve({
      match: (url: string) => Promise.resolve(files.get(url)),
      async addAll(requests: readonly Request[]) {
        const responses = await Promise.all(requests.map((request) => fetch(request)));
        if (responses.some(({ ok }) => !ok)) throw new TypeError('not there');
        for (const [place, { url }] of requests.entries()) files.set(url, responses[place]!);
      },
    });
  }

  match = (url: string) =>
    Promise.resolve([...this.made.values()].map((files) => files.get(url)).find((found) => found));
  keys = () => Promise.resolve([...this.made.keys()]);
  delete = (name: string) => Promise.resolve(this.made.delete(name));
}

describe('the kept page', () => {
  let store: Caches;
  let server: string | undefined;
  beforeEach(() => {
    store = new Caches();
    server = 'one';
    vi.stubGlobal('fetch', (request: Request) =>
      server === undefined
        ? Promise.reject(new TypeError('gone'))
        : Promise.resolve(new Response(`${request.url} of ${server}`)),
    );
    return () => vi.unstubAllGlobals();
  });

  const keeper = (version: string) => new KeptPage(store as unknown as CacheStorage, SCOPE, page(version));
  const request = (path: string, more: Partial<Request> = {}) =>
    ({ method: 'GET', mode: 'no-cors', url: SCOPE + path, ...more }) as Request;
  const visit = (path = '') => request(path, { mode: 'navigate' });
  const says = async (kept: KeptPage, asked: Request) => (await kept.answer(asked)).clone().text();

  it('opens with the server gone, all of it', async () => {
    await keeper('one').fetch();
    server = undefined;
    for (const asked of [visit(), visit('?share-target'), visit('index.html')])
      expect(await says(keeper('one'), asked)).toBe(`${SCOPE} of one`);
    expect(await says(keeper('one'), request('assets/index-one.js'))).toContain('of one');
    expect(await says(keeper('one'), request('icon.svg'))).toContain('of one');
  });

  it('gives a newer version as soon as it is there as a whole, and not before', async () => {
    await keeper('one').fetch();
    server = undefined;
    await expect(keeper('two').fetch()).rejects.toThrow();
    expect(await says(keeper('one'), visit())).toContain('of one');
    server = 'two';
    await keeper('two').fetch();
    server = undefined;
    expect(await says(keeper('one'), visit())).toContain('of two');
    expect(await says(keeper('one'), request('icon.svg'))).toContain('of two');
  });

  it('goes on giving an open tab what it was built with, one version back', async () => {
    for (const version of ['one', 'two', 'three']) {
      server = version;
      await keeper(version).fetch();
      await keeper(version).prune();
    }
    expect([...store.made.keys()]).toEqual(['shoal-page-two', 'shoal-page-three']);
    server = undefined;
    expect(await says(keeper('three'), request('assets/index-two.js'))).toContain('of two');
    await expect(keeper('three').answer(request('assets/index-one.js'))).rejects.toThrow('gone');
  });

  it('takes an earlier version for the newest when that is what the server has again', async () => {
    for (const version of ['one', 'two', 'one']) {
      server = version;
      await keeper(version).fetch();
    }
    expect(await says(keeper('two'), visit())).toContain('of one');
  });

  it('fetches at a visit what could not be had at first, and never an older version over a newer', async () => {
    server = undefined;
    await expect(keeper('one').fetch()).rejects.toThrow();
    server = 'one';
    await keeper('one').mend();
    server = 'two';
    await keeper('two').fetch();
    await keeper('one').mend();
    expect([...store.made.keys()]).toEqual(['shoal-page-one', 'shoal-page-two']);
  });

  it('leaves other caches alone', async () => {
    await store.open('of somebody else');
    await keeper('one').fetch();
    await keeper('one').prune();
    expect([...store.made.keys()]).toEqual(['of somebody else', 'shoal-page-one']);
  });

  it('concerns the page and its files, and nothing that is between page and server', () => {
    const kept = keeper('one');
    const concerned = [
      visit(),
      visit('?x'),
      visit('index.html'),
      request('assets/any-12345678.js'),
      request('icon.svg'),
    ];
    const other = [
      visit('healthz'),
      visit('metrics'),
      request('socket.io/?EIO=4'),
      request('announce'),
      request('serviceWorker.js'),
      request('save/token/file'),
      request(''),
      request('icon.svg', { method: 'POST' }),
      request('', { url: 'https://shoal.example/assets/index-one.js' }),
    ];
    expect(concerned.map((asked) => kept.concerns(asked))).toEqual(concerned.map(() => true));
    expect(other.map((asked) => kept.concerns(asked))).toEqual(other.map(() => false));
  });
});
