import { deleteOldest } from '../base/deleteOldest.ts';
import type { PeerId } from '../base/ids.ts';
import { MINUTE, type Time } from '../base/time.ts';
import type { Peer } from './peer.ts';

const MAX_ACCOUNTS = 2000;
/** What somebody owes keeps it out for so long. */
const LAPSE = 5 * MINUTE;

interface Account {
  readonly closedAt: Time;
  readonly sent: number;
  readonly received: number;
  readonly hoarded: boolean;
}

/** What passed between us and peers that are gone: who leaves and comes again is no stranger. */
export class Accounts {
  readonly #accounts = new Map<PeerId, Account>();

  /** The peer is gone. */
  close(now: Time, peer: Peer): void {
    if (peer.sent.total === 0) return;
    this.#accounts.delete(peer.id);
    if (this.#accounts.size >= MAX_ACCOUNTS) deleteOldest(this.#accounts);
    const hoarded = peer.hasHoardedLong(now);
    this.#accounts.set(peer.id, {
      closedAt: now,
      sent: peer.sent.total,
      received: peer.received.total,
      hoarded,
    });
  }

  /** The peer is here, perhaps again. */
  open(peer: Peer): void {
    const account = this.#accounts.get(peer.id);
    if (account !== undefined) peer.resume(account);
  }

  /** Was here and gave nothing for what it was given; with a seeder, did not pass it on. */
  isDebtor(now: Time, seeding: boolean, peer: PeerId): boolean {
    const account = this.#accounts.get(peer);
    if (account === undefined || now - account.closedAt > LAPSE) return false;
    return seeding ? account.hoarded : account.received === 0;
  }
}
