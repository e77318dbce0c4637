import type { Participant } from '../../support/participant.ts';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { withFolder, writeRandomFile } from '../../support/files.ts';
import { type Ends, HostilePeer } from '../../support/hostilePeer.ts';
import { Member } from '../../support/member.ts';
import { recordRtc, rtcLog } from '../../support/rtcLog.ts';
import { expect, test } from '../../support/test.ts';
import type { SharePage } from '../../support/sharePage.ts';
import { TrackerGuest } from '../../support/trackerGuest.ts';

const GREETING = 100;

async function share(sender: Participant, origin: string): Promise<{ tab: SharePage; link: string }> {
  return withFolder(async (folder) => {
    const path = join(folder, 'private.bin');
    await writeRandomFile(path, 300_000);
    const tab = await sender.newTab();
    await recordRtc(tab.page);
    await tab.goto(origin);
    return { tab, link: await tab.shareFiles([path]) };
  });
}

async function hostile(participant: Participant, origin: string, link: string): Promise<HostilePeer> {
  const { page } = await participant.newTab();
  return new HostilePeer(page, await TrackerGuest.join(origin), new Member(link));
}

/** With which 100 bytes somebody tries who has everything but the proof key. */
const WRONG: Record<string, (peer: HostilePeer, ends: Ends, member: Member) => Promise<Buffer> | Buffer> = {
  'a made-up proof': (_, { own, other }, member) =>
    Buffer.concat([member.greeting(0, own, other).subarray(0, 68), randomBytes(32)]),
  'what it was sent itself': (peer) => firstBytes(peer),
  'the proof it was sent, under its own id': async (peer, { own, other }, member) =>
    Buffer.concat([member.greeting(0, own, other).subarray(0, 68), (await firstBytes(peer)).subarray(68)]),
  'a proof for another certificate': (_, { own, other }, member) =>
    member.greeting(0, { ...own, fingerprint: own.fingerprint.replace(/..$/, 'AA') }, other),
};

async function firstBytes(peer: HostilePeer): Promise<Buffer> {
  await expect.poll(async () => (await peer.received()).length).toBe(GREETING);
  return peer.received();
}

for (const [what, greeting] of Object.entries(WRONG))
  test(`a connection that opens with ${what} is ended, and has learnt nothing`, async ({
    server,
    join: newcomer,
  }) => {
    const { tab, link } = await share(await newcomer(), server.origin);
    const peer = await hostile(await newcomer(), server.origin, link);
    const [sender] = await peer.announce();
    const ends = await peer.connect(sender!);
    await peer.send(await greeting(peer, ends, new Member(link)));
    await expect.poll(() => peer.channelState()).toBe('closed');
    expect((await peer.received()).length).toBe(GREETING);
    expect(await tab.count('peers')).toBe(0);
  });

test('the same connection with the right proof is let in', async ({ server, join: newcomer }) => {
  const { tab, link } = await share(await newcomer(), server.origin);
  const peer = await hostile(await newcomer(), server.origin, link);
  const [sender] = await peer.announce();
  const { own, other } = await peer.connect(sender!);
  await peer.send(new Member(link).greeting(0, own, other));
  await expect.poll(async () => (await peer.received()).length).toBeGreaterThan(GREETING);
  await expect.poll(() => tab.count('peers')).toBe(1);
});

/** What a member must not make WebRTC do, for browsers differ in it. */
const REFUSED: Record<string, (sdp: string) => string> = {
  'two fingerprints': (sdp) => sdp.replace(/^(a=fingerprint:.*)$/m, `$1\n${otherFingerprint(sdp)}`),
  'another fingerprint for all of it': (sdp) => sdp.replace('m=', `${otherFingerprint(sdp)}\r\nm=`),
  'no fingerprint': (sdp) => sdp.replace(/^a=fingerprint:.*\r\n/m, ''),
  'a second section': (sdp) => `${sdp}m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:1\r\n`,
  'a fingerprint hidden behind a lone carriage return': (sdp) =>
    sdp.replace('a=mid', `a=x:y\r${otherFingerprint(sdp)}\r\na=mid`),
};

function otherFingerprint(sdp: string): string {
  const [line = ''] = /^a=fingerprint:[^\r\n]*/m.exec(sdp) ?? [];
  return line.replace(/..$/, 'AA');
}

test('descriptions sealed by a member that are not in order never reach WebRTC', async ({
  server,
  join: newcomer,
}) => {
  const { tab, link } = await share(await newcomer(), server.origin);
  const peer = await hostile(await newcomer(), server.origin, link);
  const [sender] = await peer.announce();
  const offer = await peer.makeOffer();
  for (const spoil of Object.values(REFUSED)) {
    expect(spoil(offer)).not.toBe(offer);
    peer.say(sender!, 'offer', spoil(offer));
  }
  expect((await rtcLog(tab.page)).made).toBe(0);
  const { signal } = await peer.heard(sender!, 'answer', peer.say(sender!, 'offer', offer));
  expect(signal.sdp).toContain('m=application');
  const { made, remote } = await rtcLog(tab.page);
  expect({ made, remote }).toEqual({ made: 1, remote: [offer] });
});

for (const [what, spoil] of Object.entries(REFUSED))
  test(`an answer with ${what} is refused`, async ({ server, join: newcomer }) => {
    const sender = await newcomer();
    const { link } = await share(sender, server.origin);
    await sender.leave();
    const stranger = await newcomer();
    const peer = await hostile(stranger, server.origin, link);
    await peer.announce();
    const receiving = await (await newcomer()).newTab();
    await recordRtc(receiving.page);
    await receiving.goto(link);
    await expect.poll(() => peer.announce().then(({ length }) => length)).toBe(1);
    const [victim] = await peer.announce();
    const { offerId, signal } = await peer.heard(victim!, 'offer');
    peer.say(victim!, 'answer', spoil(await peer.makeAnswer(signal.sdp ?? '')), offerId);

    // Somebody whose signal comes later is answered, so the answer has been judged by then.
    const witness = await hostile(stranger, server.origin, link);
    await witness.announce();
    const offer = await witness.makeOffer();
    await witness.heard(victim!, 'answer', witness.say(victim!, 'offer', offer));
    const { remote } = await rtcLog(receiving.page);
    expect(remote).toEqual([offer]);
  });
