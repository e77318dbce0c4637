import type { ShareId, Snapshot } from '@shoal/shared/host/snapshot.ts';

/** Keeps the screen on for so long after something has last moved. */
const LINGER = 30_000;

/** Tells whether bytes have moved since the last snapshot. */
export class Movement {
  #seen = new Map<ShareId, number>();

  observe({ shares, open }: Snapshot): boolean {
    const now = new Map<ShareId, number>(shares.map(({ id, done }) => [id, done]));
    if (open) now.set(open.id, open.done + open.uploaded + open.downloaded);
    const moved = [...now].some(([id, bytes]) => bytes !== (this.#seen.get(id) ?? bytes));
    this.#seen = now;
    return moved;
  }
}

type Lock = Pick<WakeLockSentinel, 'release'>;

export interface KeepAwakeOptions {
  /** Nothing where the browser has none, as over plain HTTP. */
  readonly wakeLock: { request(type: 'screen'): Promise<Lock> } | undefined;
  readonly document: Pick<Document, 'visibilityState' | 'addEventListener'>;
}

/** Keeps the screen from sleeping, and with it phones from stopping the page, while bytes move. */
export class KeepAwake {
  readonly #options: KeepAwakeOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lock: Promise<Lock | undefined> | undefined;

  constructor(options: KeepAwakeOptions) {
    this.#options = options;
    // The browser takes the lock back whenever the page is hidden.
    options.document.addEventListener('visibilitychange', () => this.#renew());
  }

  moved(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#rest(), LINGER);
    this.#lock ??= this.#acquire();
  }

  #renew(): void {
    if (this.#lock !== undefined && this.#options.document.visibilityState === 'visible')
      this.#lock = this.#acquire();
  }

  #rest(): void {
    void this.#lock?.then((lock) => lock?.release());
    this.#lock = undefined;
    this.#timer = undefined;
  }

  /** Refused while hidden, or to save the battery: then the screen goes off as ever. */
  async #acquire(): Promise<Lock | undefined> {
    try {
      return await this.#options.wakeLock?.request('screen');
    } catch {
      return undefined;
    }
  }
}
