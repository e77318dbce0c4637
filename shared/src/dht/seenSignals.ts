import { SECOND } from '../base/time.ts';
import type { NodeId } from './nodeId.ts';
import type { Seconds } from './stamp.ts';
import { CLOCK_TOLERANCE } from './limits.ts';

const MAX_SENDERS = 1000;
const MAX_BOXES = 256;
const WINDOW = CLOCK_TOLERANCE / SECOND;

type Judgement = 'new' | 'seen' | 'stale' | 'flood';

/**
 * A box is accepted once. What is too old to be remembered is refused, and so is what there is no room to remember:
 * nothing is forgotten while it could come again.
 */
export class SeenSignals {
  /** By sender: each box, and when it was sent. */
  readonly #senders = new Map<NodeId, Map<string, Seconds>>();

  /** @param box hexadecimal. */
  accept(from: NodeId, box: string, sent: Seconds, now: Seconds): Judgement {
    if (Math.abs(now - sent) > WINDOW) return 'stale';
    const boxes = this.#senders.get(from) ?? new Map<string, Seconds>();
    if (boxes.has(box)) return 'seen';
    forgetBefore(boxes, now - WINDOW);
    if (boxes.size >= MAX_BOXES || !this.#hasRoomFor(from, now)) return 'flood';
    boxes.set(box, sent);
    this.#senders.set(from, boxes);
    return 'new';
  }

  #hasRoomFor(from: NodeId, now: Seconds): boolean {
    if (this.#senders.has(from) || this.#senders.size < MAX_SENDERS) return true;
    for (const [sender, boxes] of this.#senders) {
      forgetBefore(boxes, now - WINDOW);
      if (boxes.size === 0) this.#senders.delete(sender);
    }
    return this.#senders.size < MAX_SENDERS;
  }
}

function forgetBefore(boxes: Map<string, Seconds>, time: Seconds): void {
  for (const [box, sent] of boxes) if (sent < time) boxes.delete(box);
}
