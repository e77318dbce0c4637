import type { BrowserContext } from 'playwright';
import { test as base } from 'playwright/test';
import { Watcher } from './console.ts';
import { Profile } from './profile.ts';
import { Server } from './server.ts';
import { SharePage } from './sharePage.ts';

/** Somebody with a browser of their own. */
export class Participant {
  /** What went wrong in the browser. A test that expects problems empties the list. */
  readonly watcher: Watcher;
  readonly #profile: Profile;

  private constructor(profile: Profile, origin: string) {
    this.#profile = profile;
    this.watcher = new Watcher(origin);
    this.watcher.watch(profile.context);
  }

  static async join(origin: string, preferences?: object): Promise<Participant> {
    return new Participant(await Profile.create(preferences), origin);
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

interface Fixtures {
  /** Makes a participant who speaks to one origin alone. At the end its browser must have been quiet, and is gone. */
  joinAt: (origin: string, preferences?: object) => Promise<Participant>;
  /** The same at the server that tests share. */
  join: (preferences?: object) => Promise<Participant>;
}

export const test = base.extend<Fixtures, { server: Server }>({
  server: [
    // Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  // Playwright reads the names of fixtures from this pattern.
  joinAt: async ({}, use) => {
    const participants: Participant[] = [];
    await use(async (origin, preferences) => {
      const participant = await Participant.join(origin, preferences);
      participants.push(participant);
      return participant;
    });
    await Promise.all(participants.map((participant) => participant.remove()));
    for (const { watcher } of participants) watcher.check();
  },
  join: ({ server, joinAt }, use) => use((preferences) => joinAt(server.origin, preferences)),
});

export { expect } from 'playwright/test';
