import { EvilTracker, type Mischief } from './evilTracker.ts';
import { EmulatedNetwork, type Line } from './network/emulatedNetwork.ts';
import { Server } from './server.ts';
import type { Participant } from './participant.ts';
import { test as base } from './test.ts';

interface Fixtures {
  /** A server of the test's own, which it may kill. It outlives the participants. */
  startServer: (environment?: Readonly<Record<string, string>>) => Promise<Server>;
  /** In front of the server that tests share. It outlives the participants. */
  startEvil: (mischief: Mischief) => Promise<EvilTracker>;
  /** A network between pages, which outlives the participants. */
  startNetwork: () => Promise<EmulatedNetwork>;
  /** At the server that tests share, with all pages on this line. */
  joinOn: (line: Line) => Promise<Participant>;
}

export const test = base.extend<Fixtures>({
  // Playwright reads the names of fixtures from this pattern.
  startServer: async ({}, use) => {
    const servers: Server[] = [];
    await use(async (environment) => {
      const server = await Server.start(environment);
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map((server) => server.stop()));
  },
  startEvil: async ({ server }, use) => {
    const trackers: EvilTracker[] = [];
    await use(async (mischief) => {
      const tracker = await EvilTracker.start(server.port, mischief);
      trackers.push(tracker);
      return tracker;
    });
    for (const tracker of trackers) tracker.stop();
  },
  // Playwright reads the names of fixtures from this pattern.
  startNetwork: async ({}, use) => {
    const networks: EmulatedNetwork[] = [];
    await use(async () => {
      const network = await EmulatedNetwork.start();
      networks.push(network);
      return network;
    });
    await Promise.all(networks.map((network) => network.stop()));
  },
  // What is named first ends last.
  company: ({ startServer: _servers, startEvil: _trackers, startNetwork: _networks, company }, use) =>
    use(company),
  joinOn: ({ join }, use) =>
    use(async (line) => {
      const participant = await join();
      await line.attach(participant.context);
      return participant;
    }),
});

export { expect } from './test.ts';
