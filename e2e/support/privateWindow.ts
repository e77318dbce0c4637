import type { Browser, BrowserContext } from 'playwright';
import { Watcher } from './console.ts';
import type { Participant } from './participant.ts';
import { SharePage } from './sharePage.ts';

/**
 * Somebody in a private window of a browser that others use too, which opens in a tenth of the time that a browser
 * needs. What is stored is kept in memory, until they leave.
 */
export class PrivateWindow implements Participant {
  readonly watcher: Watcher;
  readonly context: BrowserContext;

  private constructor(context: BrowserContext, origin: string) {
    this.context = context;
    this.watcher = new Watcher(origin);
    this.watcher.watch(context);
  }

  static async open(browser: Browser, origin: string): Promise<PrivateWindow> {
    return new PrivateWindow(await browser.newContext(), origin);
  }

  async newTab(): Promise<SharePage> {
    return new SharePage(await this.context.newPage());
  }

  leave(): Promise<void> {
    return this.context.close();
  }

  remove(): Promise<void> {
    return this.leave();
  }
}
