import type { Snapshot } from '@shoal/shared/host/snapshot.ts';
import type { Renew } from '../serviceWorker/renewalMessage.ts';

/** As the service worker names what it keeps, in the order of its making. */
const KEPT = 'shoal-page-';
/** Between two looks for a newer version while the page stays open. The browser looks at every visit by itself. */
const LOOK_EVERY = 60 * 60_000;
/** For the newer service worker to take over: it does not while a save goes through the one before it. */
const TAKE_OVER_PATIENCE = 3000;

export interface RenewalOptions {
  /** Asked for when it is needed: where cookies are blocked, there is none. */
  caches(): Pick<CacheStorage, 'keys' | 'open'>;
  /** Of this page: no other version has one of this address. */
  readonly script: string;
  /** A newer version is kept and waits. */
  ready(): void;
  /** Calls once when another service worker answers for this page. */
  onTakeOver(then: () => void): void;
  reload(): void;
}

/** Watches for a newer version of the page. Whatever page is opened next is of the newest that is kept. */
export class Renewal {
  readonly #options: RenewalOptions;
  #registration: ServiceWorkerRegistration | undefined;
  #ready = false;

  constructor(options: RenewalOptions) {
    this.#options = options;
  }

  get isReady(): boolean {
    return this.#ready;
  }

  watch(registration: ServiceWorkerRegistration): void {
    this.#registration = registration;
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', () => void this.#look());
    });
    setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY);
    void this.#look();
  }

  /**
   * Makes the newer version the one that is used. The page goes last: in Chromium a visit that the service worker before
   * was to answer is never answered when the newer one takes over just then.
   * @param isDue asked when it is time to go: otherwise the page stays, and may ask again.
   */
  use(isDue = () => true): void {
    const reload = () => {
      if (isDue()) this.#options.reload();
    };
    const timer = setTimeout(reload, TAKE_OVER_PATIENCE);
    this.#options.onTakeOver(() => {
      clearTimeout(timer);
      reload();
    });
    this.#makeWay();
  }

  async #look(): Promise<void> {
    if (!this.#registration?.waiting) return;
    if (await this.#isNewest()) this.#makeWay();
    else if (!this.#ready) {
      this.#ready = true;
      this.#options.ready();
    }
  }

  /** Then only the service worker is older than the page. */
  async #isNewest(): Promise<boolean> {
    const caches = this.#options.caches();
    const newest = (await caches.keys()).findLast((name) => name.startsWith(KEPT));
    const cache = newest === undefined ? undefined : await caches.open(newest);
    return (await cache?.match(this.#options.script)) !== undefined;
  }

  #makeWay(): void {
    const message: Renew = { type: 'renew' };
    this.#registration?.active?.postMessage(message);
  }
}

/** Whether a reload would interrupt nothing: no save, no share that others or this person are waiting for. */
export function isAtRest({ shares, removed }: Snapshot, saving: boolean): boolean {
  const still = shares.every(({ state }) => state === 'paused' || state === 'error' || state === 'ready');
  return still && removed.length === 0 && !saving;
}
