/**
 * What page, engine and service worker say to each other to save one file. Types only: the service worker is built as
 * a script that stands alone, so no code may be shared with the page.
 */

/** Page to service worker, with two ports: first the engine's, then the page's own. */
export interface SaveOffer {
  readonly type: 'offer';
  /** Names the save in its URL, `<scope>save/<token>/…`, once. */
  readonly token: string;
  readonly name: string;
  /** Bytes, where they are known beforehand. */
  readonly size: number | undefined;
}

/** Page to service worker, in answer to each `saving`: keeps the service worker running, and shows that the page is. */
export interface SaveAlive {
  readonly type: 'alive';
  readonly token: string;
}

/** To the engine, on the port of one save. */
export type SaveDemand =
  /** One chunk, please: answered by exactly one `SaveSupply`. */
  | { readonly type: 'pull' }
  /** Everything as one Blob, please; from a page without a service worker. */
  | { readonly type: 'collect'; readonly limit: number }
  | { readonly type: 'cancel' };

/** From the engine. */
export type SaveSupply =
  /** Transferred. */
  | { readonly type: 'chunk'; readonly bytes: ArrayBuffer }
  | { readonly type: 'end'; readonly total: number }
  | { readonly type: 'error'; readonly reason: string };

/** From the engine, in answer to `collect`. */
export type SaveCollection =
  /** After every chunk: the bytes so far. */
  | { readonly type: 'collecting'; readonly bytes: number }
  | { readonly type: 'collected'; readonly blob: Blob }
  | { readonly type: 'error'; readonly reason: string };

/** Service worker to page, on the page's port. */
export type SaveReport = { readonly type: 'ready' } | SaveProgress;

export type SaveProgress =
  | { readonly type: 'saving'; readonly bytes: number }
  | { readonly type: 'saved'; readonly bytes: number }
  | { readonly type: 'failed'; readonly failure: SaveFailure };

export type SaveFailure =
  /** The person called the download off. */
  | { readonly code: 'cancelled' }
  /** The browser never asked for what was offered. */
  | { readonly code: 'unclaimed' }
  | { readonly code: 'engine-silent' }
  | { readonly code: 'engine-gone' }
  | { readonly code: 'page-gone' }
  | { readonly code: 'size-differs'; readonly expected: number; readonly received: number }
  | { readonly code: 'source-failed'; readonly reason: string }
  /** Told by the page: the service worker is heard of no more. */
  | { readonly code: 'worker-silent' }
  /** Told by the page: nothing was asked of anybody yet, or it was refused. */
  | { readonly code: 'not-begun'; readonly reason: string }
  /** Without a service worker there is room for so many bytes. */
  | { readonly code: 'too-large'; readonly limit: number };
