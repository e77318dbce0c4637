import type { BrowserContext } from 'playwright';
import type { Watcher } from './console.ts';
import type { SharePage } from './sharePage.ts';

/** Somebody who uses the page, with cookies and storage that no other participant sees. */
export interface Participant {
  /** What went wrong in the browser. A test that expects problems empties the list. */
  readonly watcher: Watcher;
  readonly context: BrowserContext;
  newTab(): Promise<SharePage>;
  /** Closes all tabs. */
  leave(): Promise<void>;
  /** Leaves, and nothing of what was stored stays. */
  remove(): Promise<void>;
}
