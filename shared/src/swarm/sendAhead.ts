import { SECOND, type Time } from '../base/time.ts';
import type { OutgoingLane } from './lane.ts';
import type { Peer } from './peer.ts';

/** What goes out in a second may be on its way, and a small piece at least. */
const AHEAD = 1 * SECOND;
const LEAST_AHEAD = 64 * 1024;
/** Where nothing has moved for so long, it is not our uplink that holds it back. */
const PATIENCE = 4 * SECOND;
const LEAST_AHEAD_OF_SLOW = 32 * 1024;

interface Sight {
  /** A lane that is not looked at any more has gone. */
  seenAt: Time;
  ahead: number;
  since: Time;
  slow: boolean;
}

/**
 * How far to send ahead of what has left our line. What lies in a Transport's buffer can be neither taken back nor
 * overtaken, so there is to be no more of it than keeps the uplink busy. Who takes it slowly is served beside the
 * others, little at a time, and keeps nobody waiting.
 */
export class SendAhead {
  readonly #sights = new Map<OutgoingLane, Sight>();

  /** @param rate bytes a second that go out. Returns how many may join those that are on their way; may be negative. */
  room(now: Time, rate: number, peers: Iterable<Peer>): number {
    let ahead = 0;
    for (const peer of peers)
      for (const lane of peer.lanes.values())
        if ((lane.ahead > 0 || this.#sights.has(lane)) && !this.#look(now, lane).slow) ahead += lane.ahead;
    for (const [lane, { seenAt }] of this.#sights) if (seenAt < now) this.#sights.delete(lane);
    return Math.max((rate * AHEAD) / SECOND, LEAST_AHEAD) - ahead;
  }

  /** As far as was seen when `room` was asked for last. */
  isSlow(lane: OutgoingLane): boolean {
    return this.#sights.get(lane)?.slow ?? false;
  }

  /** Whether a slow lane may have more. */
  hasRoom(lane: OutgoingLane): boolean {
    return lane.ahead < LEAST_AHEAD_OF_SLOW;
  }

  #look(now: Time, lane: OutgoingLane): Sight {
    const sight = this.#sights.get(lane) ?? { seenAt: now, ahead: 0, since: now, slow: false };
    this.#sights.set(lane, sight);
    sight.seenAt = now;
    const late = now - sight.since > PATIENCE;
    if (late && sight.ahead > 0) sight.slow = true;
    else if (lane.ahead === 0) sight.slow = false;
    if (lane.ahead < sight.ahead || sight.ahead === 0) sight.since = now;
    sight.ahead = lane.ahead;
    if (lane.ahead === 0 && !sight.slow) this.#sights.delete(lane);
    return sight;
  }
}
