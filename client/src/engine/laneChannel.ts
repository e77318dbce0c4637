import type { Bytes } from '@shoal/shared/base/bytes.ts';
import type { Fingerprints } from '@shoal/shared/host/ports.ts';
import { SEND_WINDOW, SendPacer } from './sendPacer.ts';

/** What both applied descriptions say of a connection. */
export interface Described {
  readonly fingerprints: Fingerprints;
  /** Bytes of the longest message that the other side takes. */
  readonly messageSize: number;
}

export interface LaneChannelEvents {
  opened(fingerprints: Fingerprints): void;
  frame(bytes: Bytes): void;
  credit(bytes: number): void;
  closed(reason: string): void;
}

/** What may arrive before `opened`: the other side's first credit, and what each message costs us beside its bytes. */
const EARLY_LIMIT = 2 * SEND_WINDOW;
const MESSAGE_COST = 256;

/**
 * The data channel of one lane, on the page or in the worker. Opens when the channel is open and the connection is
 * described. Ends once: by `close`, silently, or with one `closed` and nothing after it.
 */
export class LaneChannel {
  readonly #channel: RTCDataChannel;
  readonly #events: LaneChannelEvents;
  readonly #early: ArrayBuffer[] = [];
  #earlyCost = 0;
  #described: Described | undefined;
  #pacer: SendPacer | undefined;
  #ended = false;

  constructor(channel: RTCDataChannel, events: LaneChannelEvents) {
    this.#channel = channel;
    this.#events = events;
    channel.binaryType = 'arraybuffer';
    channel.addEventListener('open', () => this.#listen());
    channel.addEventListener('close', () => this.#end('closed by the other side'));
    if (channel.readyState === 'open') this.#listen();
  }

  describe(described: Described): void {
    this.#described = described;
    this.#open();
  }

  send(frames: readonly Bytes[]): void {
    const pacer = this.#pacer;
    if (pacer === undefined || this.#ended) return;
    try {
      for (const frame of frames) this.#sendFrame(frame);
    } catch (error) {
      this.#end(error instanceof Error ? error.message : 'sending failed');
      return;
    }
    // After the last frame: credit may lead straight to the next call.
    pacer.sent(frames.reduce((sum, { length }) => sum + length, 0));
  }

  close(): void {
    this.#ended = true;
    this.#channel.close();
  }

  #end(reason: string): void {
    if (this.#ended) return;
    this.close();
    this.#events.closed(reason);
  }

  /** On the page, in place of simple-peer's handler, which would put each message through a stream. */
  #listen(): void {
    this.#channel.onmessage = (event: MessageEvent<unknown>) => this.#message(event.data);
    this.#open();
  }

  /** The channel may open before the page is told that the answer has been applied (seen in Chromium). */
  #open(): void {
    if (this.#ended || this.#pacer !== undefined || this.#channel.readyState !== 'open') return;
    if (this.#described === undefined) return;
    const pacer = this.#startPacing();
    this.#events.opened(this.#described.fingerprints);
    pacer.start();
    for (const data of this.#early.splice(0)) this.#message(data);
  }

  #startPacing(): SendPacer {
    const pacer = new SendPacer(this.#channel, (bytes) => {
      if (!this.#ended) this.#events.credit(bytes);
    });
    this.#channel.addEventListener('bufferedamountlow', () => pacer.settle());
    this.#pacer = pacer;
    return pacer;
  }

  #message(data: unknown): void {
    if (this.#ended) return;
    if (!(data instanceof ArrayBuffer)) this.#end('expected bytes, received text');
    else if (this.#pacer === undefined) this.#keepEarly(data);
    else this.#events.frame(new Uint8Array(data));
  }

  #keepEarly(data: ArrayBuffer): void {
    this.#early.push(data);
    this.#earlyCost += data.byteLength + MESSAGE_COST;
    if (this.#earlyCost > EARLY_LIMIT) this.#end('expected no more than the first credit before opening');
  }

  /** In as many messages as it takes: a lane is a stream of bytes. */
  #sendFrame(frame: Bytes): void {
    const most = this.#described?.messageSize ?? frame.length;
    if (frame.length <= most) this.#channel.send(frame);
    else
      for (let start = 0; start < frame.length; start += most)
        this.#channel.send(frame.subarray(start, start + most));
  }
}
