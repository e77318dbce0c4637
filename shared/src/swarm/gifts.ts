import { deleteOldest } from '../base/deleteOldest.ts';
import type { PeerId } from '../base/ids.ts';
import { MINUTE, type Time } from '../base/time.ts';
import type { PieceIndex } from '../content/layout.ts';

/** Beside as many as it has passed on, a peer may have so many pieces that nobody else has. */
const TRUST = 2;
/** What is nowhere else by then is given to others. */
const PATIENCE = MINUTE;
/** It may have been passed on to somebody we do not know: nobody is blamed for ever. */
const LAPSE = 2 * MINUTE;
const MAX_PEERS = 2000;

/** How a peer deals with what only it was given. */
export type Standing = 'untried' | 'passes-on' | 'hoards';

interface Given {
  /** When each piece was given that has not appeared elsewhere. */
  readonly waiting: Map<PieceIndex, Time>;
  passedOn: number;
}

/**
 * What a first seeder gave to one peer while nobody else had it. It is for all: a peer through whom pieces appear
 * elsewhere is worth more to the swarm than one that keeps them (BEP 16).
 */
export class Gifts {
  readonly #given = new Map<PeerId, Given>();
  /** Those who were given a piece that nobody else has: the last one last. */
  readonly #recipients = new Map<PieceIndex, readonly PeerId[]>();

  /** @param elsewhere somebody else has it: then it is no gift. */
  give(now: Time, peer: PeerId, piece: PieceIndex, elsewhere: () => boolean): void {
    const recipients = this.#recipients.get(piece) ?? [];
    if (recipients.includes(peer) || (recipients.length === 0 && elsewhere())) return;
    this.#recipients.set(piece, [...recipients, peer]);
    this.#givenTo(peer).waiting.set(piece, now);
  }

  /** A peer says that it has the piece. Returns who has passed it on, if that was a gift. */
  appeared(peer: PeerId, piece: PieceIndex): PeerId | undefined {
    const recipients = this.#recipients.get(piece);
    if (recipients === undefined || recipients.includes(peer)) return undefined;
    this.#recipients.delete(piece);
    const last = recipients.at(-1);
    const given = last === undefined ? undefined : this.#given.get(last);
    if (given === undefined) return undefined;
    given.waiting.delete(piece);
    given.passedOn++;
    return last;
  }

  standingOf(now: Time, peer: PeerId): Standing {
    const given = this.#given.get(peer);
    if (given === undefined) return 'untried';
    if (waitingAt(now, given) > TRUST + given.passedOn) return 'hoards';
    return given.passedOn > 0 ? 'passes-on' : 'untried';
  }

  /** Has more of what nobody else has than it has passed on. */
  keeps(now: Time, peer: PeerId): boolean {
    const given = this.#given.get(peer);
    return given !== undefined && waitingAt(now, given) > given.passedOn;
  }

  /** Was given to that peer so long ago that others are to be given it too. */
  isOverdue(now: Time, peer: PeerId, piece: PieceIndex): boolean {
    const at = this.#given.get(peer)?.waiting.get(piece);
    return at !== undefined && now - at > PATIENCE;
  }

  overdue(now: Time, peer: PeerId): PieceIndex[] {
    const pieces = [...(this.#given.get(peer)?.waiting.keys() ?? [])];
    return pieces.filter((piece) => this.isOverdue(now, peer, piece));
  }

  #givenTo(peer: PeerId): Given {
    const present = this.#given.get(peer);
    if (present !== undefined) return present;
    if (this.#given.size >= MAX_PEERS) deleteOldest(this.#given);
    const given = { waiting: new Map(), passedOn: 0 };
    this.#given.set(peer, given);
    return given;
  }
}

/** How many pieces have not appeared elsewhere. What was given long ago may be with somebody we do not know. */
function waitingAt(now: Time, { waiting }: Given): number {
  let count = 0;
  for (const at of waiting.values()) count += Number(now - at < LAPSE);
  return count;
}
