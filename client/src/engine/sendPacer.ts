/** The part of an RTCDataChannel that tells how much is still waiting in it. */
export interface SendBuffer {
  readonly bufferedAmount: number;
  bufferedAmountLowThreshold: number;
}

/** Bytes on their way through one connection's buffer at once; granted as credit when it opens. */
export const SEND_WINDOW = 1024 * 1024;

/** Credit comes back in portions of this size, the last one when the buffer is empty. */
const PORTION = 128 * 1024;

/**
 * Turns the draining of a channel's buffer into credit. Credit out and bytes not yet drained always add up to
 * the window. Without timers: the threshold follows what was sent, so that the channel's own event always comes.
 */
export class SendPacer {
  readonly #buffer: SendBuffer;
  readonly #grant: (bytes: number) => void;
  #undrained = 0;

  constructor(buffer: SendBuffer, grant: (bytes: number) => void) {
    this.#buffer = buffer;
    this.#grant = grant;
    buffer.bufferedAmountLowThreshold = 0;
  }

  /** To be called once, when the channel opened. */
  start(): void {
    this.#grant(SEND_WINDOW);
  }

  /** To be called when bytes were handed to the channel. */
  sent(bytes: number): void {
    this.#undrained += bytes;
    this.settle();
  }

  /** To be called at each `bufferedamountlow`. */
  settle(): void {
    const buffered = this.#buffer.bufferedAmount;
    const drained = this.#undrained - buffered;
    const due = drained >= PORTION || buffered === 0;
    if (due) this.#undrained = buffered;
    this.#buffer.bufferedAmountLowThreshold = Math.max(this.#undrained - PORTION, 0);
    if (due && drained > 0) this.#grant(drained);
  }
}
