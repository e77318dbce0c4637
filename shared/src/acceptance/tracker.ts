import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toBase64Url } from '../base/bytes.ts';
import { infoHashOf, type PeerId, peerIdOf } from '../base/ids.ts';
import type { Announce, AnnounceResult, IceServer, TrackerConnection, TrackerEvents } from '../host/ports.ts';

/** One tracker, and what it takes to try it. */
export interface TrackerWorld {
  /** A new client, which begins to connect. */
  connect(events: TrackerEvents): TrackerConnection;
  /** Every connection is lost without a word. The clients come back by themselves. Absent where there is none to lose. */
  cut?(): void;
  /** Lets time pass until the condition holds; rejects when it does not within a reasonable time. */
  until(condition: () => boolean): Promise<void>;
  close(): Promise<void>;
}

const SWARM = infoHashOf(new Uint8Array(20).fill(1));
const OTHER_SWARM = infoHashOf(new Uint8Array(20).fill(2));

function peer(number: number): PeerId {
  return peerIdOf(new Uint8Array(20).fill(number));
}

function checkOf(number: number): string {
  return toBase64Url(new Uint8Array(32).fill(number));
}

/** What every adapter of the Tracker port must do, with the tracker behind it. */
export function trackerAcceptance(name: string, open: () => Promise<TrackerWorld>): void {
  describe(name, () => {
    let world: TrackerWorld;
    beforeEach(async () => {
      world = await open();
    });
    afterEach(() => world.close());

    const connect = async (): Promise<Client> => {
      const client = new Client(world);
      await client.connected();
      return client;
    };

    test('a newcomer is told of those who came before, and they of it when they ask again', async () => {
      const first = await connect();
      const second = await connect();
      expect(await first.announce(1, { seeder: true })).toMatchObject({
        members: [],
        seeders: 1,
        leechers: 0,
      });
      expect(await second.announce(2)).toMatchObject({
        type: 'announced',
        members: [{ peerId: peer(1), check: checkOf(1), seeder: true }],
        seeders: 1,
        leechers: 1,
      });
      expect(await first.announce(1, { event: 'update', seeder: true })).toMatchObject({
        members: [{ peerId: peer(2), check: checkOf(2), seeder: false }],
      });
    });

    test('the next announce is due in half a minute or more', async () => {
      const result = await (await connect()).announce(1);
      expect(result.type === 'announced' && result.interval).toBeGreaterThanOrEqual(30_000);
    });

    test('swarms are kept apart', async () => {
      const first = await connect();
      const second = await connect();
      await first.announce(1);
      expect(await second.announce(2, { infoHash: OTHER_SWARM })).toMatchObject({ members: [], leechers: 1 });
    });

    test('who has completed counts as a seeder', async () => {
      const client = await connect();
      await client.announce(1);
      const result = await client.announce(1, { event: 'completed', seeder: true });
      expect(result).toMatchObject({ seeders: 1, leechers: 0 });
    });

    test('who has stopped is handed out no more', async () => {
      const first = await connect();
      const second = await connect();
      await first.announce(1);
      expect(await first.announce(1, { event: 'stopped' })).toMatchObject({ type: 'announced', members: [] });
      expect(await second.announce(2)).toMatchObject({ members: [], leechers: 1 });
    });

    test('no more members than wanted', async () => {
      for (const number of [1, 2, 3]) await (await connect()).announce(number);
      const last = await connect();
      const wanting = async (wanted: number) => {
        const result = await last.announce(4, { wanted });
        return result.type === 'announced' ? result.members.length : undefined;
      };
      expect([await wanting(0), await wanting(2), await wanting(50)]).toEqual([0, 2, 3]);
    });

    test('an id that somebody else holds is taken', async () => {
      const first = await connect();
      const second = await connect();
      await first.announce(1);
      expect(await second.announce(1)).toEqual({ type: 'id-taken' });
      expect(await first.announce(1, { event: 'update' })).toMatchObject({ type: 'announced', leechers: 1 });
    });

    test('signals reach the other member, in order and byte for byte', async () => {
      const [first, second] = await pair();
      const sealed = [new Uint8Array(), new Uint8Array([0, 255, 1]), new Uint8Array(32_768).fill(7)];
      for (const bytes of sealed) first.tracker.signal(SWARM, peer(1), peer(2), bytes);
      await world.until(() => second.signals.length === 3);
      expect(second.signals).toEqual(sealed.map((bytes) => [SWARM, peer(2), peer(1), bytes]));
      expect(first.signals).toEqual([]);
    });

    test('signals in another’s name, to strangers, or across swarms are lost silently', async () => {
      const [first, second] = await pair();
      await second.announce(3, { infoHash: OTHER_SWARM });
      const bytes = new Uint8Array([1]);
      first.tracker.signal(SWARM, peer(2), peer(2), bytes);
      first.tracker.signal(SWARM, peer(1), peer(3), bytes);
      first.tracker.signal(OTHER_SWARM, peer(1), peer(3), bytes);
      first.tracker.signal(SWARM, peer(1), peer(9), bytes);
      first.tracker.signal(SWARM, peer(1), peer(2), new Uint8Array([2]));
      await world.until(() => second.signals.length > 0);
      expect(second.signals).toEqual([[SWARM, peer(2), peer(1), new Uint8Array([2])]]);
    });

    test('a client that lost its connection comes back and keeps its id', async () => {
      const [first, second] = await pair();
      if (world.cut === undefined) return;
      world.cut();
      await world.until(() => first.losses === 1 && second.losses === 1);
      expect(await first.announce(1)).toEqual({ type: 'unreachable' });
      await world.until(() => first.greetings.length === 2 && second.greetings.length === 2);
      expect(await first.announce(1, { event: 'update' })).toMatchObject({ type: 'announced' });
      expect(await second.announce(2, { event: 'update' })).toMatchObject({ members: [{ peerId: peer(1) }] });
      first.tracker.signal(SWARM, peer(1), peer(2), new Uint8Array([1]));
      await world.until(() => second.signals.length === 1);
    });

    test('a client whose network has changed is there again, and keeps its id', async () => {
      const [first, second] = await pair();
      first.tracker.reconnect();
      // Where there is a network between the two, it connects anew.
      await world.until(() => first.greetings.length === 1 + first.losses);
      expect(await first.announce(1, { event: 'update' })).toMatchObject({ type: 'announced' });
      first.tracker.signal(SWARM, peer(1), peer(2), new Uint8Array([1]));
      await world.until(() => second.signals.length === 1);
    });

    test('a closed client reaches nobody and is told nothing more', async () => {
      const [first, second] = await pair();
      second.tracker.close();
      second.tracker.reconnect();
      expect(await second.announce(2)).toEqual({ type: 'unreachable' });
      first.tracker.signal(SWARM, peer(1), peer(2), new Uint8Array([1]));
      await first.announce(1, { event: 'update' });
      expect([second.signals, second.losses]).toEqual([[], 0]);
    });

    async function pair(): Promise<[Client, Client]> {
      const clients: [Client, Client] = [await connect(), await connect()];
      await clients[0].announce(1);
      await clients[1].announce(2);
      return clients;
    }
  });
}

/** A connected client that writes down what it is told. */
class Client {
  readonly tracker: TrackerConnection;
  readonly greetings: (readonly IceServer[])[] = [];
  readonly signals: Parameters<TrackerEvents['signalled']>[] = [];
  losses = 0;
  readonly #world: TrackerWorld;

  constructor(world: TrackerWorld) {
    this.#world = world;
    this.tracker = world.connect({
      connected: (ice) => void this.greetings.push(ice),
      ice: () => undefined,
      disconnected: () => {
        this.losses++;
      },
      signalled: (...signal) => void this.signals.push(signal),
      announced: () => undefined,
      changed: () => undefined,
    });
  }

  connected(): Promise<void> {
    return this.#world.until(() => this.greetings.length > 0);
  }

  async announce(number: number, more: Partial<Announce> = {}): Promise<AnnounceResult> {
    const peerId = peer(number);
    const check = checkOf(number);
    let result: AnnounceResult | undefined;
    void this.tracker
      .announce({ infoHash: SWARM, peerId, event: 'started', seeder: false, check, wanted: 50, ...more })
      .then((value) => (result = value));
    await this.#world.until(() => result !== undefined);
    return result ?? { type: 'unreachable' };
  }
}
