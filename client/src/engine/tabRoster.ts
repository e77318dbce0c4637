import type { InfoHash, PeerId } from '@shoal/shared/base/ids.ts';
import { SECOND, type Time } from '@shoal/shared/base/time.ts';
import type { Clock, Member } from '@shoal/shared/host/ports.ts';
import { MAX_MEMBERS } from '@shoal/shared/tracker/limit.ts';
import type { ParsedAnnounce } from '@shoal/shared/tracker/payload.ts';

/** Between two announces of a tab, in milliseconds. */
export const TAB_INTERVAL = 30 * SECOND;
/** A tab may go without a word. */
const FORGOTTEN_AFTER = 2.5 * TAB_INTERVAL;

interface Entry extends Member {
  readonly heardAt: Time;
}

/** Which peers other tabs are, in the swarms that this one takes part in. */
export class TabRoster {
  readonly #clock: Clock;
  readonly #swarms = new Map<InfoHash, Map<PeerId, Entry>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether it is somebody new. Beyond fifty in a swarm, nobody is noted. */
  note({ infoHash, peerId, check, seeder }: ParsedAnnounce): boolean {
    const swarm = this.#swarms.get(infoHash) ?? new Map<PeerId, Entry>();
    this.#swarms.set(infoHash, swarm);
    const known = swarm.has(peerId);
    if (!known && this.members(infoHash).length >= MAX_MEMBERS) return false;
    swarm.set(peerId, { peerId, check, seeder, heardAt: this.#clock.now() });
    return !known;
  }

  forget(infoHash: InfoHash, peerId?: PeerId): void {
    if (peerId === undefined) this.#swarms.delete(infoHash);
    else this.#swarms.get(infoHash)?.delete(peerId);
  }

  members(infoHash: InfoHash): readonly Member[] {
    const swarm = this.#swarms.get(infoHash) ?? new Map<PeerId, Entry>();
    const since = this.#clock.now() - FORGOTTEN_AFTER;
    for (const { peerId, heardAt } of [...swarm.values()]) if (heardAt < since) swarm.delete(peerId);
    return [...swarm.values()].map(({ peerId, check, seeder }) => ({ peerId, check, seeder }));
  }
}
