import { deleteOldest } from '../../base/deleteOldest.ts';
import type { InfoHash, PeerId } from '../../base/ids.ts';
import type { Contact } from '../../dht/contact.ts';

const MOST = 1000;

/** Which node a peer is, as far as that is known: where signals to it are to go. The oldest are forgotten. */
export class WaysThrough {
  readonly #contacts = new Map<string, Contact>();

  /** Said by the node itself, in its record. */
  found(infoHash: InfoHash, peer: PeerId, contact: Contact): void {
    const name = nameOf(infoHash, peer);
    this.#contacts.delete(name);
    this.#contacts.set(name, contact);
    if (this.#contacts.size > MOST) deleteOldest(this.#contacts);
  }

  /** A signal came from that node, whose word for the peer id is the only one: it counts for less than a record. */
  heard(infoHash: InfoHash, peer: PeerId, contact: Contact): void {
    if (!this.#contacts.has(nameOf(infoHash, peer))) this.found(infoHash, peer, contact);
  }

  to(infoHash: InfoHash, peer: PeerId): Contact | undefined {
    return this.#contacts.get(nameOf(infoHash, peer));
  }
}

function nameOf(infoHash: InfoHash, peer: PeerId): string {
  return infoHash + peer;
}
