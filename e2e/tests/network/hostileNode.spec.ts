import type { Participant } from '../../support/participant.ts';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DhtIdentity, placeOf } from '../../support/dhtIdentity.ts';
import { withFolder, writeRandomFile } from '../../support/files.ts';
import { HostileNode } from '../../support/hostileNode.ts';
import { HostilePeer } from '../../support/hostilePeer.ts';
import { Member } from '../../support/member.ts';
import { recordRtc, rtcLog } from '../../support/rtcLog.ts';
import type { SharePage } from '../../support/sharePage.ts';
import { expect, test } from '../../support/test.ts';
import { TrackerGuest } from '../../support/trackerGuest.ts';

const MAX_MESSAGE = 8704;
/** A kind of message to come. */
const UNKNOWN = 7;
/** Answers. */
const CONTACTS = 0;
const PROVIDERS = 1;
const MUTABLE = 2;
const STORED = 3;
const DELIVERED = 4;
const NONE = 5;

function expectLinked(tab: SharePage, linked: boolean): Promise<void> {
  const words = expect(tab.page.getByTestId('ways'));
  return linked ? words.toContainText('DHT') : words.not.toContainText('DHT');
}

/** Lets one in after the other, each with a page of its own, to the member who is there at first. */
function entrance(stranger: Participant, origin: string, link: string) {
  const member = new Member(link);
  let victim: string | undefined;
  return async () => {
    const { page } = await stranger.newTab();
    const peer = new HostilePeer(page, await TrackerGuest.join(origin), member);
    const [other] = await peer.announce();
    return HostileNode.enter(peer, member, (victim ??= other!));
  };
}

/** Who is near some place; nothing when it is not listened to. */
function findAny(node: HostileNode): Promise<unknown> {
  return node.ask(randomBytes(20), { q: 0 });
}

/** About a connection to be a link (PROTOCOL.md, section 9). */
function offering(offerId: Buffer, sdp: string): Buffer {
  const envelope = JSON.stringify({ lane: 0, signal: { type: 'offer', sdp } });
  return Buffer.concat([Buffer.of(1), offerId, Buffer.from(envelope)]);
}

async function forges(node: HostileNode): Promise<void> {
  const owner = new DhtIdentity();
  const place = placeOf(owner.publicKey);
  const record = owner.provider(place, HostileNode.seconds, Buffer.from('body'));
  const forged = { ...record, b: Buffer.from('mine') };
  expect(await node.ask(place, { q: 3, r: forged })).toEqual({ q: NONE });
  await node.say({ t: 4, r: [forged] });
  expect(await node.ask(place, { q: 1 })).toEqual({ q: NONE });
  expect(await node.ask(place, { q: 3, r: record })).toEqual({ q: STORED });
  expect(await node.ask(place, { q: 1 })).toEqual({ q: PROVIDERS, r: [record] });
}

async function replays(node: HostileNode): Promise<void> {
  const owner = new DhtIdentity();
  const place = placeOf(owner.publicKey);
  const put = (record: ReturnType<DhtIdentity['mutable']>) => node.ask(place, { q: 4, r: record });
  const [first, second] = [owner.mutable(1, Buffer.from('old')), owner.mutable(2, Buffer.from('new'))];
  for (const record of [first, second]) expect(await put(record)).toEqual({ q: STORED });
  expect(await put(first)).toEqual({ q: NONE });
  expect(await put({ ...first, seq: 3 })).toEqual({ q: NONE });
  expect(await node.ask(place, { q: 2 })).toEqual({ q: MUTABLE, r: second });
}

/** Of offers told again and again, each makes one connection. */
async function replaysSignals(node: HostileNode, tab: SharePage): Promise<void> {
  const other = node.otherKey;
  const sender = new DhtIdentity();
  const sealed = (by: DhtIdentity) =>
    by.sealed(other, HostileNode.seconds, offering(randomBytes(8), node.offer));
  const signal = (s: Buffer) => node.ask(placeOf(other), { q: 5, s });
  const { made } = await rtcLog(tab.page);
  const offers = [sealed(sender), sealed(sender)];
  for (const offer of [...offers, ...offers, ...offers])
    expect(await signal(offer)).toEqual({ q: DELIVERED });
  const tampered = Buffer.from(offers[0]!);
  tampered[tampered.length >> 1]! ^= 1;
  expect(await signal(tampered)).toEqual({ q: NONE });
  // What comes later has been acted on, so all before it has been, too.
  await signal(sealed(new DhtIdentity()));
  await expect.poll(async () => (await rtcLog(tab.page)).made).toBeGreaterThanOrEqual(made + 3);
  expect((await rtcLog(tab.page)).made).toBe(made + 3);
}

test('forged, replayed and oversized messages of a hostile node change nothing', async ({
  server,
  join: newcomer,
}) => {
  await withFolder(async (folder) => {
    const path = join(folder, 'private.bin');
    const hash = await writeRandomFile(path, 300_000);
    const tab = await (await newcomer()).newTab();
    await recordRtc(tab.page);
    await tab.goto(server.origin);
    const link = await tab.shareFiles([path]);
    await tab.find('always');

    const comeIn = entrance(await newcomer(), server.origin, link);
    const forger = await comeIn();
    await forger.say(forger.hello(new DhtIdentity()));
    expect(await findAny(forger)).toBeUndefined();
    await expectLinked(tab, false);

    const node = await comeIn();
    const hello = node.hello();
    await node.say(hello);
    expect(await findAny(node)).toMatchObject({ q: CONTACTS });
    await expectLinked(tab, true);
    await forges(node);
    await replays(node);
    await replaysSignals(node, tab);

    await node.say({ t: UNKNOWN, x: Buffer.alloc(MAX_MESSAGE - 100) });
    expect(await findAny(node)).toMatchObject({ q: CONTACTS });
    const replayer = await comeIn();
    await replayer.say(hello);
    expect(await findAny(replayer)).toBeUndefined();
    // In order but for its length: what is not known is ignored.
    await node.say({ t: UNKNOWN, x: Buffer.alloc(MAX_MESSAGE) });
    expect(await findAny(node)).toBeUndefined();
    await expectLinked(tab, false);

    const honest = await (await newcomer()).newTab();
    await honest.receive(link);
    await honest.download();
    expect((await honest.save('private.bin')).hash).toBe(hash);
  });
});
