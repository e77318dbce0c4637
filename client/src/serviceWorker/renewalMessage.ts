/** What page and service workers say when there is a newer one. Types only, as in saveMessage.ts. */

/** Page to the active service worker: the newer one may take its place, unless a save is under way. */
export interface Renew {
  readonly type: 'renew';
}

/** The active service worker to the newer one. */
export interface TakeOver {
  readonly type: 'take-over';
}
