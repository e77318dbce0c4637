import type { Participant } from '../../support/participant.ts';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { EvilTracker, Mischief } from '../../support/evilTracker.ts';
import { withFolder, writeRandomFile } from '../../support/files.ts';
import { withOtherKey } from '../../support/link.ts';
import { Member } from '../../support/member.ts';
import { expect, test } from '../../support/network.ts';
import { recordRtc, rtcLog } from '../../support/rtcLog.ts';
import type { SharePage } from '../../support/sharePage.ts';
import type { Relayed, TrackerMember } from '../../support/trackerGuest.ts';

const MIB = 1024 * 1024;
/** Connections that a page may have at once. */
const BUDGET = 60;
const GHOSTS = 200;
/** That a connection takes from the other side (PROTOCOL.md, section 4). */
const MOST_CANDIDATES = 64;

interface Pair {
  readonly sending: SharePage;
  readonly receiving: SharePage;
  readonly link: string;
  readonly hash: string;
}

/** Two honest people, nothing fetched yet. */
async function pair(
  tracker: EvilTracker,
  joinAt: (origin: string) => Promise<Participant>,
  folder: string,
): Promise<Pair> {
  const path = join(folder, 'honest.bin');
  const hash = await writeRandomFile(path, 2 * MIB);
  const sending = await (await joinAt(tracker.origin)).newTab();
  const receiving = await (await joinAt(tracker.origin)).newTab();
  await Promise.all([recordRtc(sending.page), recordRtc(receiving.page)]);
  await sending.goto(tracker.origin);
  await sending.keepToOneLane();
  return { sending, receiving, link: await sending.shareFiles([path]), hash };
}

async function expectComplete({ receiving, link, hash }: Pair): Promise<void> {
  await receiving.receive(link);
  await receiving.download();
  expect(await receiving.save('honest.bin')).toEqual({ name: 'honest.bin', hash });
}

/** A letter from one of its clients, changed by somebody who cannot open it. */
function tampered(relayed: Relayed): Relayed {
  const sealed = Buffer.from(relayed.sealed);
  sealed[sealed.length >> 1]! ^= 1;
  return { ...relayed, sealed };
}

function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** What still lets the two find each other, however it treats them. */
const BEARABLE: Record<string, Mischief> = {
  'replays every signal at once, and all the former ones with each': {
    signal(relayed, tracker) {
      for (const one of [relayed, ...tracker.seen]) tracker.deliver(one);
    },
  },
  'delivers a changed copy before each signal, and one sent back to its sender': {
    signal(relayed, tracker) {
      tracker.deliver(tampered(relayed));
      tracker.deliver(relayed, relayed.from);
      tracker.deliver({ ...relayed, from: relayed.to, to: relayed.from });
      tracker.deliver(relayed);
    },
  },
  'delivers late and out of order, candidates before what they belong to': {
    async signal(relayed, tracker) {
      await later(relayed.sealed.length > 400 ? 1500 : 100);
      tracker.deliver(relayed);
      tracker.deliver(relayed);
    },
  },
  'names everybody as somebody else': {
    members: (members) => [
      ...Array.from({ length: 49 - members.length }, stranger),
      ...members.map((member) => ({ ...stranger(), check: member.check })),
      ...members,
    ],
  },
};

function stranger(): TrackerMember {
  const [id, check] = [randomBytes(20).toString('hex'), randomBytes(32).toString('base64url')];
  return { peerId: id, check, seeder: true };
}

for (const [what, mischief] of Object.entries(BEARABLE))
  test(`a tracker that ${what}: the honest complete`, async ({ startEvil, joinAt }) => {
    const tracker = await startEvil(mischief);
    await withFolder(async (folder) => {
      const both = await pair(tracker, joinAt, folder);
      await expectComplete(both);
      for (const { page } of [both.sending, both.receiving]) {
        const log = await rtcLog(page);
        expect(log.open).toBe(1);
        expect(log.most).toBeLessThanOrEqual(2);
        expect(log.made).toBeLessThanOrEqual(3);
      }
    });
  });

test('a tracker that changes every signal: nobody connects, nothing breaks, and the page says so', async ({
  startEvil,
  joinAt,
}) => {
  let honest = false;
  const tracker = await startEvil({
    signal: (relayed, evil) => evil.deliver(honest ? relayed : tampered(relayed)),
  });
  await withFolder(async (folder) => {
    const both = await pair(tracker, joinAt, folder);
    await both.receiving.goto(both.link);
    await expect(both.receiving.trouble).toContainText('1 person is here');
    expect((await rtcLog(both.sending.page)).made).toBe(0);
    expect((await rtcLog(both.receiving.page)).remote).toEqual([]);
    honest = true;
    await expectComplete(both);
  });
});

test('a man in the middle who holds no key gets no answer to offers of his own', async ({
  startEvil,
  joinAt,
}) => {
  let forger: Member | undefined;
  let sdp = '';
  const tracker = await startEvil({
    signal({ infoHash, from, to }, evil) {
      const offerId = randomBytes(8);
      const sealed = forger?.seal({ from, to, offerId }, { type: 'offer', sdp });
      if (sealed !== undefined) evil.deliver({ infoHash, from, to, sealed });
    },
  });
  await withFolder(async (folder) => {
    const both = await pair(tracker, joinAt, folder);
    sdp = await sdpOfOffer(both.sending.page);
    const { made } = await rtcLog(both.sending.page);
    forger = new Member(withOtherKey(both.link));
    await both.receiving.goto(both.link);
    await expect(both.receiving.trouble).toContainText('1 person is here');
    const [sender, receiver] = tracker.peers;
    expect(tracker.seen.map(({ from }) => from)).toContain(receiver);
    expect(tracker.seen.some(({ from }) => from === sender)).toBe(false);
    expect((await rtcLog(both.sending.page)).made).toBe(made);
    expect((await rtcLog(both.receiving.page)).remote).toEqual([]);
  });
});

test('signals for one handed to another: whoever gets them does nothing', async ({ startEvil, joinAt }) => {
  const tracker = await startEvil({
    signal(relayed, evil) {
      for (const peer of evil.peers) evil.deliver(relayed, peer);
      for (const peer of evil.peers) evil.deliver({ ...relayed, to: peer }, peer);
    },
  });
  await withFolder(async (folder) => {
    const both = await pair(tracker, joinAt, folder);
    const bystander = await (await joinAt(tracker.origin)).newTab();
    await recordRtc(bystander.page);
    await bystander.goto(tracker.origin);
    await bystander.keepToOneLane();
    await bystander.receive(both.link);
    await expectComplete(both);
    const member = new Member(both.link);
    const pages = [both.sending, bystander, both.receiving];
    for (const [place, peer] of tracker.peers.entries()) {
      const meant = tracker.seen.filter(({ to }) => to === peer).map((one) => member.open(one).signal.sdp);
      const { remote } = await rtcLog(pages[place]!.page);
      expect(remote.filter((sdp) => !meant.includes(sdp))).toEqual([]);
      expect(remote.length).toBeGreaterThan(0);
    }
  });
});

test('each is shown another swarm: those who hear of each other complete', async ({ startEvil, joinAt }) => {
  const told = new Map<string, readonly TrackerMember[]>();
  const tracker = await startEvil({
    members: (members, asker) => {
      told.set(asker, members);
      // The sender hears of strangers only; every receiver hears of the one before it alone.
      const [, before] = tracker.peers
        .slice(0, tracker.peers.indexOf(asker) + 1)
        .slice(-2)
        .reverse();
      const seen = members.filter(({ peerId }) => peerId === before);
      return seen.length > 0 ? seen : Array.from({ length: 50 }, stranger);
    },
  });
  await withFolder(async (folder) => {
    const both = await pair(tracker, joinAt, folder);
    await expectComplete(both);
    const third = await (await joinAt(tracker.origin)).newTab();
    await third.receive(both.link);
    await third.download();
    expect((await third.save('honest.bin')).hash).toBe(both.hash);
    // The one in between may bring the others together, when it tells of them before all is here.
    expect(await both.sending.count('peers')).toBeLessThanOrEqual(2);
    expect(told.size).toBe(3);
  });
});

test('a flood of junk, and of offers by a member for ghosts: within the budget, and a transfer goes on', async ({
  startEvil,
  joinAt,
}) => {
  const tracker = await startEvil({});
  await withFolder(async (folder) => {
    const both = await pair(tracker, joinAt, folder);
    const { sending, receiving } = both;
    await sending.limitUpload(256);
    await receiving.receive(both.link);
    await receiving.press('download');
    const sdp = await sdpOfOffer(sending.page);
    const before = await rtcLog(sending.page);
    for (const to of tracker.peers) offerByGhosts(tracker, new Member(both.link), to, sdp);
    const flood = setInterval(() => {
      for (const to of tracker.peers) throwJunk(tracker, to);
    }, 50);
    try {
      await receiving.waitForState('complete');
      expect((await receiving.save('honest.bin')).hash).toBe(both.hash);
    } finally {
      clearInterval(flood);
    }
    for (const { page } of [sending, receiving]) {
      const { most, made } = await rtcLog(page);
      console.log(`${GHOSTS} offers of ghosts: ${made} connections made, at most ${most} at once`);
      expect(most).toBeLessThanOrEqual(BUDGET);
      expect(made - before.made).toBeGreaterThan(0);
    }
  });
});

test('a member who sends candidates without end: WebRTC is given 64 of them', async ({
  startEvil,
  joinAt,
}) => {
  const tracker = await startEvil({});
  await withFolder(async (folder) => {
    const { sending, link } = await pair(tracker, joinAt, folder);
    const sdp = await sdpOfOffer(sending.page);
    const before = await rtcLog(sending.page);
    const [to] = tracker.peers;
    const member = new Member(link);
    const [from, offerId] = offerOfGhost(tracker, member, to!, sdp);
    for (let port = 1; port <= 3 * MOST_CANDIDATES; port++) {
      const candidate = `candidate:${port} 1 udp 2113937151 127.0.0.1 ${port} typ host`;
      const signal = { type: 'candidate', candidate, mid: '0', line: 0 };
      const sealed = member.seal({ from, to: to!, offerId }, signal);
      tracker.deliver({ infoHash: member.infoHash, from, to: to!, sealed });
    }
    // Whoever offers last is heard last.
    offerOfGhost(tracker, member, to!, sdp);
    await expect.poll(async () => (await rtcLog(sending.page)).made).toBe(before.made + 2);
    await expect.poll(async () => (await rtcLog(sending.page)).candidates).toBeGreaterThan(0);
    expect((await rtcLog(sending.page)).candidates).toBe(MOST_CANDIDATES);
  });
});

/** A description such as any browser makes. */
function sdpOfOffer(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const rtc = new RTCPeerConnection();
    rtc.createDataChannel('none');
    const { sdp = '' } = await rtc.createOffer();
    rtc.close();
    return sdp;
  });
}

/** Each opens well, and asks for a connection that will never come. */
function offerByGhosts(tracker: EvilTracker, member: Member, to: string, sdp: string): void {
  for (let count = 0; count < GHOSTS; count++) offerOfGhost(tracker, member, to, sdp);
}

/** Who it came from, and the offer's id. */
function offerOfGhost(tracker: EvilTracker, member: Member, to: string, sdp: string): [string, Buffer] {
  const { infoHash } = member;
  const [from, offerId] = [randomBytes(20).toString('hex'), randomBytes(8)];
  tracker.deliver({ infoHash, from, to, sealed: member.seal({ from, to, offerId }, { type: 'offer', sdp }) });
  return [from, offerId];
}

/** Some hundreds a second, none of which opens. */
function throwJunk(tracker: EvilTracker, to: string): void {
  const [sample] = tracker.seen;
  for (let count = 0; count < 20; count++) {
    const sealed = randomBytes(40 + count * 97);
    sealed[0] = 1;
    const from = randomBytes(20).toString('hex');
    tracker.deliver({ infoHash: sample!.infoHash, from, to, sealed });
    tracker.deliver({ infoHash: from, from, to, sealed });
    tracker.deliver({ ...sample!, from, to });
  }
}
