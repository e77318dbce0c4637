import type { Page } from 'playwright';
import { Profile } from '../support/profile.ts';
import { isMain, MIB, report, rounds } from '../support/bench.ts';

export const RAW_BYTES = 64 * MIB;
const MESSAGE_BYTES = 64 * 1024;
const HIGH_WATER = MIB;
const LOW_WATER = MIB / 2;

/**
 * What the functions below leave on their pages for each other. Those that run on a page hold no named function:
 * tsx would wrap it in a helper that the page does not have.
 */
interface RawPage {
  rawConnection: RTCPeerConnection;
  rawChannel: RTCDataChannel;
}

/**
 * What a bare RTCDataChannel carries from one profile to the other, in MiB/s: the ceiling for everything built on it.
 * From the first `send` until the receiver's word that the last byte arrived. Nothing but DTLS touches the bytes.
 */
export async function measureRawChannel(from: Profile, to: Profile): Promise<number> {
  const [sender, receiver] = [await from.newPage(), await to.newPage()];
  try {
    await connect(sender, receiver);
    const milliseconds = await flood(sender);
    return RAW_BYTES / MIB / (milliseconds / 1000);
  } finally {
    await Promise.all([sender.close(), receiver.close()]);
  }
}

async function connect(sender: Page, receiver: Page): Promise<void> {
  const offer = await makeOffer(sender);
  const answer = await makeAnswer(receiver, offer, RAW_BYTES);
  await sender.evaluate((sdp) => {
    const { rawConnection } = globalThis as unknown as RawPage;
    return rawConnection.setRemoteDescription({ type: 'answer', sdp });
  }, answer);
}

function makeOffer(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const rtc = new RTCPeerConnection();
    Object.assign(globalThis, { rawConnection: rtc, rawChannel: rtc.createDataChannel('raw') });
    const gathered = new Promise((resolve) => {
      rtc.addEventListener('icecandidate', ({ candidate }) => candidate === null && resolve(undefined));
    });
    await rtc.setLocalDescription();
    await gathered;
    return rtc.localDescription?.sdp ?? '';
  });
}

/** The receiver counts, and says one word when all is there. */
function makeAnswer(page: Page, offer: string, total: number): Promise<string> {
  return page.evaluate(
    async ([sdp, expected]) => {
      const rtc = new RTCPeerConnection();
      Object.assign(globalThis, { rawConnection: rtc });
      let received = 0;
      rtc.addEventListener('datachannel', ({ channel }) => {
        channel.binaryType = 'arraybuffer';
        channel.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
          received += data.byteLength;
          if (received === expected) channel.send('all');
        });
      });
      const gathered = new Promise((resolve) => {
        rtc.addEventListener('icecandidate', ({ candidate }) => candidate === null && resolve(undefined));
      });
      await rtc.setRemoteDescription({ type: 'offer', sdp });
      await rtc.setLocalDescription();
      await gathered;
      return rtc.localDescription?.sdp ?? '';
    },
    [offer, total] as const,
  );
}

/** Milliseconds, on the sender's own clock. */
function flood(page: Page): Promise<number> {
  return page.evaluate(
    async ([total, size, high, low]) => {
      const { rawChannel: channel } = globalThis as unknown as RawPage;
      if (channel.readyState !== 'open')
        await new Promise((resolve) => channel.addEventListener('open', resolve, { once: true }));
      const message = new Uint8Array(size);
      const arrived = new Promise((resolve) => channel.addEventListener('message', resolve, { once: true }));
      channel.bufferedAmountLowThreshold = low;
      const started = performance.now();
      for (let sent = 0; sent < total; sent += size) {
        if (channel.bufferedAmount + size > high)
          await new Promise((resolve) =>
            channel.addEventListener('bufferedamountlow', resolve, { once: true }),
          );
        channel.send(message);
      }
      await arrived;
      return performance.now() - started;
    },
    [RAW_BYTES, MESSAGE_BYTES, HIGH_WATER, LOW_WATER] as const,
  );
}

async function main(): Promise<void> {
  const [from, to] = [await Profile.create(), await Profile.create()];
  try {
    const raw: number[] = [];
    for (let round = 0; round < rounds(); round++) raw.push(await measureRawChannel(from, to));
    report({ raw });
  } finally {
    await Promise.all([from.remove(), to.remove()]);
  }
}

if (isMain(import.meta.filename)) await main();
