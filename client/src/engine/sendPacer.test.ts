import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SEND_WINDOW, SendPacer } from './sendPacer.ts';

/** A channel's buffer that fires its event as RTCDataChannel does: on falling from above the threshold to it. */
class FakeChannel {
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  onLow: () => void = () => undefined;

  drain(bytes: number): void {
    const before = this.bufferedAmount;
    this.bufferedAmount = Math.max(before - bytes, 0);
    if (before > this.bufferedAmountLowThreshold && this.bufferedAmount <= this.bufferedAmountLowThreshold)
      this.onLow();
  }
}

function begin() {
  const channel = new FakeChannel();
  const seen = { credit: 0 };
  const pacer = new SendPacer(channel, (bytes) => (seen.credit += bytes));
  channel.onLow = () => pacer.settle();
  pacer.start();
  const send = (bytes: number) => {
    seen.credit -= bytes;
    channel.bufferedAmount += bytes;
    pacer.sent(bytes);
  };
  return { channel, seen, send };
}

const step = fc.record({ send: fc.nat(200_000), drain: fc.nat(300_000) });

test('credit and buffered bytes never exceed the window, and all credit comes back', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { channel, seen, send } = begin();
      for (const { send: bytes, drain } of steps) {
        if (bytes > 0 && bytes <= seen.credit) send(bytes);
        expect(seen.credit + channel.bufferedAmount).toBeLessThanOrEqual(SEND_WINDOW);
        channel.drain(drain);
        expect(seen.credit + channel.bufferedAmount).toBeLessThanOrEqual(SEND_WINDOW);
      }
      while (channel.bufferedAmount > 0) channel.drain(1000);
      expect(seen.credit).toBe(SEND_WINDOW);
    }),
  );
});

test('credit comes back while the buffer is still being filled', () => {
  const { channel, seen, send } = begin();
  while (seen.credit >= 65_536) send(65_536);
  channel.drain(128 * 1024);
  expect(seen.credit).toBe(128 * 1024);
  expect(channel.bufferedAmount).toBe(SEND_WINDOW - 128 * 1024);
});

test('small sends that drain at once are not lost', () => {
  const { channel, seen, send } = begin();
  for (let round = 0; round < 1000; round++) {
    send(1500);
    channel.drain(1500);
  }
  expect(seen.credit).toBe(SEND_WINDOW);
});
