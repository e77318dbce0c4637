import type { Page } from 'playwright';
import { Profile } from '../support/profile.ts';
import { isMain, mebibytes, MIB, report, rounds } from '../support/bench.ts';

const USUAL_MIB = 64;
const MESSAGE_BYTES = 64 * 1024;
const HIGH_WATER = MIB;
const LOW_WATER = MIB / 2;
const PATIENCE_MS = 60_000;

export interface RawWish {
  readonly bytes: number;
  /** Each a connection of its own. */
  readonly channels?: number;
  /** After so much time, what has arrived until then is what counts. */
  readonly patienceMs?: number;
}

/**
 * What the functions below leave on their pages for each other. Those that run on a page hold no named function:
 * tsx would wrap it in a helper that the page does not have.
 */
interface RawPage {
  rawConnections: RTCPeerConnection[];
  rawChannels: RTCDataChannel[];
  rawReceived: number;
  /** Hears of each message. */
  rawHeard: (() => void) | undefined;
}

/**
 * What bare RTCDataChannels carry from one profile to the other, in MiB/s: the ceiling for everything built on as many.
 * Messages of 64 KiB, handed over as the channel's buffer drains; from the first `send` until so many bytes have
 * arrived, by whichever channel. Nothing but DTLS touches the bytes.
 */
export async function measureRawChannel(from: Profile, to: Profile, wish: RawWish): Promise<number> {
  const { bytes, channels = 1, patienceMs = PATIENCE_MS } = wish;
  const [sender, receiver] = [await from.newPage(), await to.newPage()];
  try {
    await begin(sender);
    await begin(receiver);
    for (let channel = 0; channel < channels; channel++) await connect(sender, receiver);
    const arrival = arrived(receiver, bytes, patienceMs);
    const started = await flood(sender);
    const { received, at } = await arrival;
    return received / MIB / ((at - started) / 1000);
  } finally {
    await Promise.all([sender.close(), receiver.close()]);
  }
}

async function begin(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.assign(globalThis, { rawConnections: [], rawChannels: [], rawReceived: 0, rawHeard: undefined });
  });
}

async function connect(sender: Page, receiver: Page): Promise<void> {
  const answer = await makeAnswer(receiver, await makeOffer(sender));
  await sender.evaluate(async (sdp) => {
    const { rawConnections, rawChannels } = globalThis as unknown as RawPage;
    const channel = rawChannels.at(-1);
    const open = new Promise((resolve) => channel?.addEventListener('open', resolve, { once: true }));
    await rawConnections.at(-1)?.setRemoteDescription({ type: 'answer', sdp });
    await open;
  }, answer);
}

function makeOffer(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { rawConnections, rawChannels } = globalThis as unknown as RawPage;
    const rtc = new RTCPeerConnection();
    rawConnections.push(rtc);
    rawChannels.push(rtc.createDataChannel('raw'));
    const gathered = new Promise((resolve) => {
      rtc.addEventListener('icecandidate', ({ candidate }) => candidate === null && resolve(undefined));
    });
    await rtc.setLocalDescription();
    await gathered;
    return rtc.localDescription?.sdp ?? '';
  });
}

function makeAnswer(page: Page, offer: string): Promise<string> {
  return page.evaluate(async (sdp) => {
    const own = globalThis as unknown as RawPage;
    const rtc = new RTCPeerConnection();
    own.rawConnections.push(rtc);
    rtc.addEventListener('datachannel', ({ channel }) => {
      channel.binaryType = 'arraybuffer';
      channel.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
        own.rawReceived += data.byteLength;
        own.rawHeard?.();
      });
    });
    const gathered = new Promise((resolve) => {
      rtc.addEventListener('icecandidate', ({ candidate }) => candidate === null && resolve(undefined));
    });
    await rtc.setRemoteDescription({ type: 'offer', sdp });
    await rtc.setLocalDescription();
    await gathered;
    return rtc.localDescription?.sdp ?? '';
  }, offer);
}

/** Resolves when enough has arrived, with the time on the clock that all browsers of the machine share. */
function arrived(page: Page, bytes: number, patience: number): Promise<{ received: number; at: number }> {
  return page.evaluate(
    ([expected, most]) =>
      new Promise((resolve) => {
        const own = globalThis as unknown as RawPage;
        const overdue = setTimeout(
          () => resolve({ received: own.rawReceived, at: performance.timeOrigin + performance.now() }),
          most,
        );
        own.rawHeard = () => {
          if (own.rawReceived < expected) return;
          clearTimeout(overdue);
          resolve({ received: own.rawReceived, at: performance.timeOrigin + performance.now() });
        };
      }),
    [bytes, patience] as const,
  );
}

/** Sends for as long as the page is there. Resolves at once, with the time on the clock of all browsers. */
function flood(page: Page): Promise<number> {
  return page.evaluate(
    ([size, high, low]) => {
      const { rawChannels } = globalThis as unknown as RawPage;
      const message = new Uint8Array(size);
      const started = performance.timeOrigin + performance.now();
      for (const channel of rawChannels) {
        channel.bufferedAmountLowThreshold = low;
        channel.onbufferedamountlow = () => {
          while (channel.readyState === 'open' && channel.bufferedAmount + size <= high)
            channel.send(message);
        };
        channel.dispatchEvent(new Event('bufferedamountlow'));
      }
      return started;
    },
    [MESSAGE_BYTES, HIGH_WATER, LOW_WATER] as const,
  );
}

async function main(): Promise<void> {
  const [from, to] = [await Profile.create(), await Profile.create()];
  try {
    const raw: number[] = [];
    const bytes = mebibytes(USUAL_MIB) * MIB;
    for (let round = 0; round < rounds(); round++) raw.push(await measureRawChannel(from, to, { bytes }));
    report({ raw });
  } finally {
    await Promise.all([from.remove(), to.remove()]);
  }
}

if (isMain(import.meta.filename)) await main();
