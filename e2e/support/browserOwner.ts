import type { BrowserContext } from 'playwright';
import { Watcher } from './console.ts';
import type { Participant } from './participant.ts';
import { Profile } from './profile.ts';
import { SharePage } from './sharePage.ts';

/** Somebody with a browser of their own, which stores on disk and can be closed, killed, stopped and opened again. */
export class BrowserOwner implements Participant {
  readonly watcher: Watcher;
  readonly #profile: Profile;

  private constructor(profile: Profile, origin: string) {
    this.#profile = profile;
    this.watcher = new Watcher(origin);
    this.watcher.watch(profile.context);
  }

  /** @param preferences as Chromium keeps them, in its own file. */
  static async join(origin: string, preferences?: object): Promise<BrowserOwner> {
    return new BrowserOwner(await Profile.create(preferences), origin);
  }

  get context(): BrowserContext {
    return this.#profile.context;
  }

  async newTab(): Promise<SharePage> {
    return new SharePage(await this.#profile.newPage());
  }

  /** Closes the browser; what it stored stays. */
  leave(): Promise<void> {
    return this.#profile.close();
  }

  /** Ends the browser's process at once, as a crash does. */
  crash(): Promise<void> {
    return this.#profile.kill();
  }

  /** Opens the browser again, with what it stored and without tabs. */
  async comeBack(): Promise<void> {
    this.watcher.watch(await this.#profile.open());
  }

  /** Its pages and workers stand still until `thaw`. Nothing can be asked of them meanwhile. */
  freeze(): Promise<void> {
    return this.#profile.signal('SIGSTOP');
  }

  thaw(): Promise<void> {
    return this.#profile.signal('SIGCONT');
  }

  remove(): Promise<void> {
    return this.#profile.remove();
  }
}
