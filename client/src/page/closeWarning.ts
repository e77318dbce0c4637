import type { ShareId, ShareSnapshot, Snapshot } from '@shoal/shared/host/snapshot.ts';

/** What others would lose, as far as this page has seen. */
export class Stakes {
  /** Sharers' shares of which a full copy has been out. */
  readonly #handedOut = new Set<ShareId>();
  readonly #needed = new Set<ShareId>();

  /** Whether closing the page would take from others what they can get nowhere else. */
  observe({ open, shares }: Snapshot): boolean {
    if (open?.role === 'sharer') this.#judge(open);
    for (const id of this.#needed)
      if (!shares.some((share) => share.id === id && share.state === 'sharing')) this.#needed.delete(id);
    return this.#needed.size > 0;
  }

  #judge(share: ShareSnapshot): void {
    if (share.copies > 0 || share.uploaded >= share.size) this.#handedOut.add(share.id);
    const awaited = share.peers.length > 0 || !this.#handedOut.has(share.id);
    if (share.state === 'sharing' && share.copies === 0 && awaited) this.#needed.add(share.id);
    else this.#needed.delete(share.id);
  }
}

/**
 * Lets the browser ask before the page is closed or reloaded, and only while something is at stake: a page that
 * listens for `beforeunload` all the time is not kept for going back to.
 */
export class CloseWarning {
  readonly #window: Pick<Window, 'addEventListener' | 'removeEventListener'>;
  readonly #reasons = new Set<string>();

  constructor(window: Pick<Window, 'addEventListener' | 'removeEventListener'>) {
    this.#window = window;
  }

  /** Each reason counts for itself. */
  set(reason: 'needed' | 'saving', holds: boolean): void {
    if (holds) this.#reasons.add(reason);
    else this.#reasons.delete(reason);
    if (this.#reasons.size > 0) this.#window.addEventListener('beforeunload', ask);
    else this.#window.removeEventListener('beforeunload', ask);
  }
}

function ask(event: Event): void {
  event.preventDefault();
}
