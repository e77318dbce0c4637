import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SeededRandom } from '../../../sim/seededRandom.ts';
import { chosen, patterned, SessionWorld, type Tab } from '../../acceptance/doubles/sessionWorld.ts';
import type { Bytes } from '../../base/bytes.ts';
import { SECOND } from '../../base/time.ts';
import { decodeMessage, encodeMessage } from '../../dht/codec.ts';
import { proveConnection, type ProvenConnection } from '../../dht/connectionProof.ts';
import { contactOf } from '../../dht/contact.ts';
import { type DhtCrypto, type Identity, newIdentity } from '../../dht/identity.ts';
import { MAX_MESSAGE } from '../../dht/limits.ts';
import type { DhtMessage, Received } from '../../dht/message.ts';
import { keyAt } from '../../dht/nodeId.ts';
import { pathIdOf } from '../../dht/pathId.ts';
import { sealBox } from '../../dht/sealedBox.ts';
import { encodePayload } from '../../dht/signalPayload.ts';
import { nobleCrypto } from '../../platform/nobleCrypto.ts';
import { nobleSignatures } from '../../platform/nobleSignatures.ts';
import { PeerDirectory } from '../peerDirectory.ts';
import type { ConnectionOwner } from '../surroundings.ts';
import { transportEvents } from '../transportEvents.ts';
import { formatCode, parseCode } from './invitation.ts';
import { OwnLink } from './ownLink.ts';

const crypto: DhtCrypto = { ...nobleCrypto, ...nobleSignatures };
const SIZE = 200_000;

/** A page that comes in by an invitation and then says what a test wants. */
class HostilePage {
  readonly heard: Received[] = [];
  readonly self: Identity;
  link: OwnLink | undefined;
  connection: ProvenConnection | undefined;
  ended = false;
  readonly #world: SessionWorld;
  readonly #random = new SeededRandom(99);

  constructor(world: SessionWorld) {
    this.#world = world;
    this.self = newIdentity(crypto, this.#random);
  }

  /** @param claimed the key that its answer names. */
  async enter(host: Tab, claimed = this.self.publicKey): Promise<void> {
    host.command({ type: 'end-invitation' });
    await this.#world.until(() => host.snapshot.entry === undefined);
    host.command({ type: 'make-invitation' });
    await this.#world.until(() => host.snapshot.entry?.state === 'made', 30 * SECOND);
    const parsed = parseCode(crypto, host.snapshot.entry?.code ?? '');
    if (parsed.type !== 'code') throw new Error(parsed.reason);
    const { offerId, described } = parsed.invitation;
    const answers: string[] = [];
    this.link = this.#connect((answer) => {
      const said = { type: 'answer', offerId, publicKey: claimed, share: undefined } as const;
      answers.push(formatCode(crypto, { ...said, described: { type: 'answer', sdp: answer } }) ?? '');
    });
    this.link.hear(described);
    await this.#world.until(() => answers.length > 0);
    host.command({ type: 'take-code', code: answers[0]! });
    await this.#world.until(() => this.connection !== undefined, 30 * SECOND);
  }

  /** @param signer whose secret signs; the key named is its own. */
  hello(signer = this.self, named = signer.publicKey): Bytes {
    if (this.connection === undefined) throw new Error('not connected');
    const signature = proveConnection(crypto, signer, this.connection);
    return encodeMessage({ type: 'hello', publicKey: named, signature, time: this.seconds });
  }

  get seconds(): number {
    return Math.floor(this.#world.clock.wall() / SECOND);
  }

  say(...payloads: readonly (Bytes | DhtMessage)[]): void {
    for (const payload of payloads)
      this.link?.send(payload instanceof Uint8Array ? payload : encodeMessage(payload));
  }

  #connect(answered: (sdp: string) => void): OwnLink {
    const { clock, network } = this.#world;
    const directory = new PeerDirectory<ConnectionOwner>();
    const transport = network.transport(transportEvents(directory));
    const ice = () => ({ servers: [], policy: 'all' as const });
    return new OwnLink(
      { clock, directory, transport, ice },
      { role: 'responder', patience: 60 * SECOND },
      {
        signal: (signal) => {
          if (signal.type === 'answer') answered(signal.sdp);
        },
        opened: (connection) => (this.connection = connection),
        received: (payload) => this.heard.push(decodeMessage(crypto, payload)),
        ended: () => (this.ended = true),
      },
    );
  }
}

describe('a hostile page that came in by an invitation', () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  let world: SessionWorld;
  let host: Tab;
  let friend: Tab;
  let link: string;
  let hostile: HostilePage;

  beforeEach(async () => {
    const random = new SeededRandom(12);
    world = new SessionWorld(() => random.fork(), 500);
    world.overlay = true;
    unhandled.length = 0;
    process.on('unhandledRejection', note);
    host = await world.tab();
    link = await host.share([chosen('a', patterned(SIZE))]);
    friend = await world.tab();
    await friend.receive(link);
    await world.until(() => host.snapshot.overlay?.links === 1);
    hostile = new HostilePage(world);
  });

  /** Everything goes on as before. */
  afterEach(async () => {
    friend.command({ type: 'download', id: friend.open.id });
    await friend.reach('complete');
    const newcomer = await world.tab();
    await newcomer.download(link);
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  const refused = async () => {
    await world.until(() => hostile.ended, 30 * SECOND);
    await world.pass(SECOND);
    expect(host.snapshot.overlay).toMatchObject({ links: 1, own: 0 });
  };

  test('is a link when it proves the key that its answer named', async () => {
    await hostile.enter(host);
    hostile.say(hostile.hello());
    await world.until(() => host.snapshot.overlay?.links === 2);
  });

  test('is none when it proves another key, or none, or somebody else’s', async () => {
    const other = newIdentity(crypto, new SeededRandom(3));
    await hostile.enter(host, other.publicKey);
    hostile.say(hostile.hello());
    await refused();
    hostile = new HostilePage(world);
    await hostile.enter(host, other.publicKey);
    hostile.say(hostile.hello(hostile.self, other.publicKey));
    await refused();
    hostile = new HostilePage(world);
    await hostile.enter(host);
    await refused();
  });

  test('cannot use another’s hello: it was made for another connection', async () => {
    await hostile.enter(host);
    const hello = hostile.hello();
    const again = new HostilePage(world);
    await again.enter(host, hostile.self.publicKey);
    again.say(hello);
    await world.until(() => again.ended, 30 * SECOND);
    expect(host.snapshot.overlay?.links).toBe(1);
  });

  test.each<[string, (page: HostilePage) => Bytes]>([
    ['bytes that are no message', () => Uint8Array.of(1, 2, 3)],
    ['a message that is too long', () => new Uint8Array(MAX_MESSAGE + 1).fill(0x31)],
    ['a second hello', (page) => page.hello()],
  ])('is sent away for %s', async (_, message) => {
    await hostile.enter(host);
    hostile.say(hostile.hello());
    await world.until(() => host.snapshot.overlay?.links === 2);
    hostile.say(message(hostile));
    await refused();
  });

  test('makes nobody stumble with contacts whose keys are none', async () => {
    await hostile.enter(host);
    const added = [0xff, 0, 1].map((byte) => contactOf(crypto, new Uint8Array(32).fill(byte)));
    hostile.say(hostile.hello(), { type: 'peers', added, dropped: [] });
    await world.pass(5 * SECOND);
    expect(host.snapshot.overlay?.links).toBe(2);
  });

  test('opens one connection, and not many, with an offer told again and again', async () => {
    await hostile.enter(host);
    hostile.say(hostile.hello());
    await world.until(() => hostile.heard.some(({ type }) => type === 'hello'));
    const hello = hostile.heard.find((message) => message.type === 'hello');
    if (hello?.type !== 'hello') throw new Error('no hello');
    const { id, publicKey } = contactOf(crypto, hello.publicKey);
    const stranger = newIdentity(crypto, new SeededRandom(4));
    const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
    const sdp = `v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=fingerprint:sha-256 ${fingerprint}\r\n`;
    const envelope = new TextEncoder().encode(JSON.stringify({ lane: 0, signal: { type: 'offer', sdp } }));
    const payload = encodePayload({ type: 'link', offerId: new Uint8Array(8), envelope });
    const sealed = sealBox(crypto, new SeededRandom(5), stranger, publicKey, {
      sent: hostile.seconds,
      payload,
    })!;
    const before = host.budget.left;
    for (let number = 0; number < 50; number++)
      hostile.say({
        type: 'forward',
        path: pathIdOf(new Uint8Array(8).fill(number)),
        target: keyAt(id),
        salt: 0,
        left: 4,
        request: { type: 'signal', sealed },
      });
    const least = { left: before };
    for (let turn = 0; turn < 20; turn++) {
      await world.pass(100);
      least.left = Math.min(least.left, host.budget.left);
    }
    expect(before - least.left).toBeLessThanOrEqual(1);
    await world.pass(30 * SECOND);
    expect(host.budget.left).toBe(before);
  });
});
