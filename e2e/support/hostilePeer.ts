import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright';
import { fingerprintIn, type Member, type Opened, type ProofParty } from './member.ts';
import type { TrackerGuest } from './trackerGuest.ts';

/** What the functions below leave on the page. Candidates travel within the descriptions. */
interface HostilePage {
  hostileRtc: RTCPeerConnection;
  hostileChannel: RTCDataChannel;
  hostileBytes: number[];
}

/** Both ends of the hostile's connection, as they would be named in a proof. */
export interface Ends {
  readonly own: ProofParty;
  readonly other: ProofParty;
}

/** Speaks WebRTC by hand from a page of its own, and signals whatever it likes through the tracker. */
export class HostilePeer {
  /** The last that it has made. */
  offer = '';
  readonly #page: Page;
  readonly #guest: TrackerGuest;
  readonly #member: Member;

  /** @param member whose keys it uses for signals: without them, nothing that it says is heard. */
  constructor(page: Page, guest: TrackerGuest, member: Member) {
    this.#page = page;
    this.#guest = guest;
    this.#member = member;
  }

  get peerId(): string {
    return this.#guest.peerId;
  }

  /** Takes its place in the swarm, with a check that is right. Resolves with the others. */
  async announce(): Promise<readonly string[]> {
    const { infoHash } = this.#member;
    const members = await this.#guest.announce(infoHash, this.#member.checkOf(this.peerId), true);
    return members.map(({ peerId }) => peerId);
  }

  /** Seals a description of any kind and sends it. Resolves with the offer id. */
  say(to: string, type: 'offer' | 'answer', sdp: string, offerId: Buffer = randomBytes(8)): Buffer {
    const sealed = this.#member.seal({ from: this.peerId, to, offerId }, { type, sdp });
    this.#guest.signal(this.#member.infoHash, to, sealed);
    return offerId;
  }

  /** The first description of a kind that comes from somebody, for an offer when one is named. */
  heard(from: string, type: 'offer' | 'answer', offerId?: Buffer): Promise<Opened> {
    return new Promise((resolve) => {
      this.#guest.listen((relayed) => {
        if (relayed.from !== from) return;
        const opened = this.#member.open(relayed);
        if (opened.signal.type !== type) return;
        if (offerId === undefined || opened.offerId.equals(offerId)) resolve(opened);
      });
    });
  }

  /** An offer that is in order, with its candidates. */
  async makeOffer(): Promise<string> {
    this.offer = await this.#page.evaluate(async () => {
      const rtc = new RTCPeerConnection();
      const channel = rtc.createDataChannel('hostile', { negotiated: true, id: 0 });
      const bytes: number[] = [];
      Object.assign(globalThis, { hostileRtc: rtc, hostileChannel: channel, hostileBytes: bytes });
      channel.binaryType = 'arraybuffer';
      channel.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
        bytes.push(...new Uint8Array(data));
      });
      const gathered = new Promise((resolve) => {
        rtc.addEventListener('icecandidate', ({ candidate }) => candidate === null && resolve(undefined));
      });
      await rtc.setLocalDescription();
      await gathered;
      return rtc.localDescription?.sdp ?? '';
    });
    return this.offer;
  }

  /** An answer that is in order. */
  makeAnswer(offer: string): Promise<string> {
    return this.#page.evaluate(async (sdp) => {
      const rtc = new RTCPeerConnection();
      const gathered = new Promise((resolve) => {
        rtc.addEventListener('icecandidate', ({ candidate }) => candidate === null && resolve(undefined));
      });
      await rtc.setRemoteDescription({ type: 'offer', sdp });
      await rtc.setLocalDescription();
      await gathered;
      return rtc.localDescription?.sdp ?? '';
    }, offer);
  }

  /** Connects to somebody and waits for the channel. */
  async connect(to: string): Promise<Ends> {
    const offer = await this.makeOffer();
    const { signal } = await this.heard(to, 'answer', this.say(to, 'offer', offer));
    const answer = signal.sdp ?? '';
    await this.#page.evaluate(async (sdp) => {
      const { hostileRtc, hostileChannel } = globalThis as unknown as HostilePage;
      await hostileRtc.setRemoteDescription({ type: 'answer', sdp });
      if (hostileChannel.readyState !== 'open')
        await new Promise((resolve) => hostileChannel.addEventListener('open', resolve, { once: true }));
    }, answer);
    return {
      own: { id: this.peerId, fingerprint: fingerprintIn(offer) },
      other: { id: to, fingerprint: fingerprintIn(answer) },
    };
  }

  async send(bytes: Buffer): Promise<void> {
    await this.#page.evaluate(
      (numbers) => {
        (globalThis as unknown as HostilePage).hostileChannel.send(new Uint8Array(numbers));
      },
      [...bytes],
    );
  }

  /** Everything that has come through the channel. */
  async received(): Promise<Buffer> {
    return Buffer.from(await this.#page.evaluate(() => (globalThis as unknown as HostilePage).hostileBytes));
  }

  /** The same once there is more than so many bytes of it. */
  async receivedBeyond(length: number): Promise<Buffer> {
    const numbers = await this.#page.evaluate(async (before) => {
      const { hostileBytes, hostileChannel } = globalThis as unknown as HostilePage;
      while (hostileBytes.length <= before)
        await new Promise((resolve) => hostileChannel.addEventListener('message', resolve, { once: true }));
      return hostileBytes;
    }, length);
    return Buffer.from(numbers);
  }

  channelState(): Promise<RTCDataChannelState> {
    return this.#page.evaluate(() => (globalThis as unknown as HostilePage).hostileChannel.readyState);
  }
}
