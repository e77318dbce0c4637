import type { UseStore } from 'idb-keyval';
import type { Clock, StoreLoss } from '@shoal/shared/host/ports.ts';
import { StorageHeld } from '@shoal/shared/host/storageProblem.ts';

/** What storage stands on; handed in, so that it runs without a browser. */
export interface Platform {
  readonly factory: IDBFactory;
  readonly ranges: Pick<typeof IDBKeyRange, 'bound'>;
  readonly clock: Clock;
}

/** Browsers are known to leave an opening unanswered; so does a tab that keeps a database that is to be deleted. */
const PATIENCE = 10_000;
/** Between tries. */
const PAUSE = 250;
const TRIES = 5;

/**
 * One IndexedDB database with one object store, opened when used. A database that is deleted or upgraded elsewhere is
 * let go, so that it never stands in the way.
 */
export class Database {
  readonly #platform: Platform;
  readonly #name: string;
  readonly #store: string;
  readonly #lost: (loss: StoreLoss) => void;
  #opening: Promise<IDBDatabase> | undefined;
  #ended: Error | undefined;

  /** @param lost told of what happens to an open database. One that was deleted is made anew by the next use. */
  constructor(
    platform: Platform,
    name: string,
    store: string,
    lost: (loss: StoreLoss) => void = () => undefined,
  ) {
    this.#platform = platform;
    this.#name = name;
    this.#store = store;
    this.#lost = lost;
  }

  /** Runs one transaction, whole or not at all. Rejects with the reason for which it was aborted. */
  readonly use: UseStore = async (mode, callback) => {
    const database = await this.open();
    try {
      return await transact(database.transaction(this.#store, mode, { durability: 'relaxed' }), callback);
    } catch (error) {
      if (isBrokenOff(error)) this.#breakOff(database);
      throw error;
    }
  };

  open(): Promise<IDBDatabase> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /** Transactions under way are finished; later ones are refused. */
  close(reason = new Error(`database ${this.#name} was closed`)): void {
    this.#ended ??= reason;
    const opening = this.#opening;
    this.#opening = undefined;
    opening?.then(
      (database) => database.close(),
      () => undefined,
    );
  }

  async #open(): Promise<IDBDatabase> {
    try {
      const database = await this.#insist();
      database.onversionchange = ({ newVersion }) => {
        database.close();
        this.#loseTo(newVersion);
      };
      database.onclose = () => {
        this.#forget();
        this.#lost('closed');
      };
      return database;
    } catch (error) {
      this.#forget();
      throw error;
    }
  }

  /** While a browser clears its storage, it breaks off what is opened meanwhile. */
  async #insist(tries = TRIES): Promise<IDBDatabase> {
    const { factory, clock } = this.#platform;
    const request = factory.open(this.#name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(this.#store);
    try {
      return await answered(request, this.#name, clock);
    } catch (error) {
      if (tries <= 1 || !isBrokenOff(error)) throw error;
      await new Promise<void>((resolve) => clock.at(clock.now() + PAUSE, resolve));
      return this.#insist(tries - 1);
    }
  }

  /** @param version that another page wants; nothing when it deletes. */
  #loseTo(version: number | null): void {
    this.#forget();
    if (version !== null) this.close(new StorageHeld(`database ${this.#name} was upgraded elsewhere`));
    this.#lost(version === null ? 'removed' : 'superseded');
  }

  /** Known from a transaction that failed, before the browser says that it has closed the database. */
  #breakOff(database: IDBDatabase): void {
    if (database.onclose === null) return;
    database.onclose = null;
    database.close();
    this.#forget();
    this.#lost('closed');
  }

  /** The next use opens it again. */
  #forget(): void {
    this.#opening = undefined;
  }
}

/** The browser ended the connection by itself, as it does while it clears its storage. */
export function isBrokenOff(error: unknown): boolean {
  return error instanceof Error && ['AbortError', 'InvalidStateError', 'UnknownError'].includes(error.name);
}

async function transact<T>(
  transaction: IDBTransaction,
  callback: (store: IDBObjectStore) => T | PromiseLike<T>,
): Promise<T> {
  const aborted = new Promise<unknown>((resolve) => {
    transaction.addEventListener('abort', () => resolve(transaction.error));
  });
  const [name = ''] = Array.from(transaction.objectStoreNames);
  try {
    return await callback(transaction.objectStore(name));
  } catch (error) {
    abort(transaction);
    // A failed request is heard of before the transaction knows its error: idb-keyval then rejects with null.
    throw errorOf(error ?? (await aborted));
  }
}

/**
 * Deletes a database and frees its space; every `Database` on it, in any tab, lets go. When some other page does not,
 * the browser deletes as soon as that page is gone, and nothing opens the database before then: that counts as done.
 */
export function deleteDatabase({ factory }: Platform, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = factory.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onblocked = () => resolve();
    request.onerror = () => reject(errorOf(request.error));
  });
}

/**
 * The database, unless it is refused or the browser does not answer in time; what comes too late is closed.
 *
 * @throws StorageHeld when a page that does not let go, or one of a newer version, has it.
 */
function answered(request: IDBOpenDBRequest, name: string, clock: Clock): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    let late = false;
    let blocked = false;
    const callOff = clock.at(clock.now() + PATIENCE, () => {
      late = true;
      reject(
        blocked
          ? new StorageHeld(`database ${name} did not open: another tab holds it`)
          : new Error(`database ${name} did not open: no answer`),
      );
    });
    request.onblocked = () => (blocked = true);
    request.onsuccess = () => {
      callOff();
      if (late) request.result.close();
      else resolve(request.result);
    };
    request.onerror = () => {
      callOff();
      reject(
        request.error?.name === 'VersionError'
          ? new StorageHeld(`database ${name} is of a newer version`)
          : errorOf(request.error),
      );
    };
  });
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}

function errorOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`IndexedDB: ${String(thrown)}`);
}
