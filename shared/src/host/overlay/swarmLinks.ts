import type { PeerId } from '../../base/ids.ts';
import type { LinkKey } from '../../dht/link.ts';
import { normalFingerprint } from '../../wire/fingerprint.ts';
import type { OverlayMember } from '../overlayMember.ts';
import type { LinkBook } from './linkBook.ts';
import type { NodeRunner } from './nodeRunner.ts';

/** Connections of swarms whose both ends speak the DHT's extension: each is a link, perhaps. */
export class SwarmLinks {
  readonly #runner: NodeRunner;
  readonly #book: LinkBook;
  readonly #keys = new Map<OverlayMember, Map<PeerId, LinkKey>>();

  constructor(runner: NodeRunner, book: LinkBook) {
    this.#runner = runner;
    this.#book = book;
  }

  opened(member: OverlayMember, peer: PeerId): void {
    const connection = member.connectionTo(peer);
    if (connection === undefined) return;
    this.closed(member, peer);
    const { role, fingerprints } = connection;
    const local = normalFingerprint(fingerprints.local);
    const remote = normalFingerprint(fingerprints.remote);
    const link = this.#book.add({
      send: (payload) => member.feed({ type: 'overlayMessage', peer, payload }),
      end: () => this.#of(member).delete(peer),
    });
    this.#of(member).set(peer, link);
    const proven = { role, fingerprints: { local, remote } };
    this.#runner.step({ type: 'opened', link, purpose: 'swarm', connection: proven });
  }

  /** The link that a message has come over; nothing when the node wants to hear no more of it. */
  link(member: OverlayMember, peer: PeerId): LinkKey | undefined {
    return this.#keys.get(member)?.get(peer);
  }

  closed(member: OverlayMember, peer: PeerId): void {
    const link = this.link(member, peer);
    if (link === undefined) return;
    this.#of(member).delete(peer);
    if (this.#book.lost(link)) this.#runner.step({ type: 'closed', link });
  }

  left(member: OverlayMember): void {
    for (const peer of [...this.#of(member).keys()]) this.closed(member, peer);
    this.#keys.delete(member);
  }

  #of(member: OverlayMember): Map<PeerId, LinkKey> {
    const keys = this.#keys.get(member) ?? new Map<PeerId, LinkKey>();
    this.#keys.set(member, keys);
    return keys;
  }
}
