import type { Page } from 'playwright';
import { infoHashIn } from './link.ts';

/** The IndexedDB database of a share's pieces, reached behind the back of the page. */
export class PieceDatabase {
  readonly #page: Page;
  readonly #name: string;

  /** @param page any page of the same origin. */
  constructor(page: Page, link: string) {
    this.#page = page;
    this.#name = `shoal-${infoHashIn(link)}`;
  }

  /** Goes to a page of the same origin that does nothing of itself. */
  async fromIdlePage(origin: string): Promise<this> {
    const address = `${origin}/idle`;
    const body = '<!doctype html><link rel="icon" href="data:,">';
    await this.#page.route(address, (route) => route.fulfill({ contentType: 'text/html', body }));
    await this.#page.goto(address);
    return this;
  }

  /** The indices of the stored pieces; further rows of a piece have keys between them. */
  keys(): Promise<readonly number[]> {
    return this.#page.evaluate(async (name) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(`database ${name}: ${String(request.error)}`));
      });
      const request = database.transaction('pieces').objectStore('pieces').getAllKeys();
      return new Promise<number[]>((resolve) => {
        request.onsuccess = () => {
          database.close();
          resolve((request.result as number[]).filter(Number.isInteger));
        };
      });
    }, this.#name);
  }

  /** Stores these pieces as a download would, but for their bytes, which are any. */
  fill(pieces: readonly number[], length: number): Promise<void> {
    return this.#page.evaluate(
      async ([name, keys, bytes]) => {
        const database = await new Promise<IDBDatabase>((resolve) => {
          const request = indexedDB.open(name);
          request.onsuccess = () => resolve(request.result);
        });
        const piece = new Uint8Array(bytes);
        for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(piece.subarray(at, at + 65_536));
        for (let first = 0; first < keys.length; first += 2) {
          const transaction = database.transaction('pieces', 'readwrite', { durability: 'relaxed' });
          for (const key of keys.slice(first, first + 2)) transaction.objectStore('pieces').put(piece, key);
          await new Promise((resolve, reject) => {
            transaction.oncomplete = resolve;
            transaction.onabort = () => reject(new Error(`database ${name}: ${String(transaction.error)}`));
          });
        }
        database.close();
      },
      [this.#name, pieces, length] as const,
    );
  }

  /** Turns one bit of a stored piece. */
  rot(piece: number): Promise<void> {
    return this.#page.evaluate(
      async ([name, key]) => {
        const database = await new Promise<IDBDatabase>((resolve) => {
          const request = indexedDB.open(name);
          request.onsuccess = () => resolve(request.result);
        });
        const transaction = database.transaction('pieces', 'readwrite');
        const store = transaction.objectStore('pieces');
        const request = store.get(key);
        request.onsuccess = () => {
          const bytes = request.result as Uint8Array;
          bytes[1000]! ^= 1;
          store.put(bytes, key);
        };
        await new Promise((resolve) => {
          transaction.oncomplete = resolve;
        });
        database.close();
      },
      [this.#name, piece] as const,
    );
  }

  /** Resolves when it is deleted, or with `blocked` when somebody does not let go. */
  remove(): Promise<'deleted' | 'blocked'> {
    return this.#page.evaluate(
      (name) =>
        new Promise<'deleted' | 'blocked'>((resolve) => {
          const request = indexedDB.deleteDatabase(name);
          request.onsuccess = () => resolve('deleted');
          request.onblocked = () => resolve('blocked');
        }),
      this.#name,
    );
  }

  /** Opens it as a page of a later version would, and keeps it. */
  upgrade(): Promise<'upgraded' | 'blocked'> {
    return this.#page.evaluate(
      (name) =>
        new Promise<'upgraded' | 'blocked'>((resolve) => {
          const request = indexedDB.open(name, 1000);
          request.onsuccess = () => resolve('upgraded');
          request.onblocked = () => resolve('blocked');
        }),
      this.#name,
    );
  }
}
