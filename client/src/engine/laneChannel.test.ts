import { pattern } from '@shoal/shared/acceptance/transportEnds.ts';
import { expect, test } from 'vitest';
import { LaneChannel } from './laneChannel.ts';

/** As much of an RTCDataChannel as a lane uses. What is sent leaves at once. */
class FakeChannel extends EventTarget {
  binaryType = 'blob';
  readyState = 'connecting';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly sent: number[] = [];

  open(): void {
    this.readyState = 'open';
    this.dispatchEvent(new Event('open'));
  }

  send(bytes: Uint8Array): void {
    this.sent.push(bytes.length);
  }

  close(): void {
    this.readyState = 'closed';
  }
}

const FINGERPRINTS = { local: 'sha-256 AA', remote: 'sha-256 BB' };
const DESCRIBED = { fingerprints: FINGERPRINTS, messageSize: 1000 };

function begin(whenOpened: (lane: LaneChannel) => void = () => undefined) {
  const channel = new FakeChannel();
  const heard: unknown[][] = [];
  const lane: LaneChannel = new LaneChannel(channel as unknown as RTCDataChannel, {
    opened(fingerprints) {
      heard.push(['opened', fingerprints]);
      whenOpened(lane);
    },
    frame: (bytes) => void heard.push(['frame', bytes.length]),
    credit: () => void heard.push(['credit']),
    closed: (reason) => void heard.push(['closed', reason]),
  });
  return { channel, heard, lane };
}

test('opens when the channel is open and the connection described, in either order', () => {
  const described = begin();
  described.lane.describe(DESCRIBED);
  expect(described.heard).toEqual([]);
  described.channel.open();
  const open = begin();
  open.channel.open();
  expect(open.heard).toEqual([]);
  open.lane.describe(DESCRIBED);
  for (const { heard } of [described, open]) expect(heard).toEqual([['opened', FINGERPRINTS], ['credit']]);
});

test('what is sent while it is told that the lane is open is sent', () => {
  const { channel, lane } = begin((opened) => opened.send([pattern(0, 100)]));
  channel.open();
  lane.describe(DESCRIBED);
  expect(channel.sent).toEqual([100]);
});

test('a frame goes in messages of at most the size the other side takes', () => {
  const { channel, lane } = begin();
  channel.open();
  lane.describe(DESCRIBED);
  lane.send([pattern(0, 2500), pattern(0, 1000)]);
  expect(channel.sent).toEqual([1000, 1000, 500, 1000]);
});

test('what comes before it opens is told after, within a bound', () => {
  const { channel, heard, lane } = begin();
  channel.open();
  channel.onmessage?.({ data: new ArrayBuffer(7) });
  lane.describe(DESCRIBED);
  expect(heard).toEqual([['opened', FINGERPRINTS], ['credit'], ['frame', 7]]);
  const flooded = begin();
  flooded.channel.open();
  for (let count = 0; count < 3; count++) flooded.channel.onmessage?.({ data: new ArrayBuffer(1024 * 1024) });
  expect(flooded.heard).toEqual([['closed', expect.any(String)]]);
});

test('text ends the lane, which says so once', () => {
  const { channel, heard, lane } = begin();
  channel.open();
  lane.describe(DESCRIBED);
  channel.onmessage?.({ data: 'text' });
  channel.dispatchEvent(new Event('close'));
  channel.onmessage?.({ data: new ArrayBuffer(7) });
  expect(heard.slice(2)).toEqual([['closed', 'expected bytes, received text']]);
});
