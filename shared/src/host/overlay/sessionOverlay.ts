import type { Bytes } from '../../base/bytes.ts';
import type { PeerId } from '../../base/ids.ts';
import { decodeMessage, encodeMessage } from '../../dht/codec.ts';
import type { ProvenConnection } from '../../dht/connectionProof.ts';
import { type DhtCrypto, newIdentity } from '../../dht/identity.ts';
import type { Company } from '../../dht/io.ts';
import type { LinkKey, Purpose } from '../../dht/link.ts';
import { DhtNode } from '../../dht/node.ts';
import type { Provider } from '../../dht/shareAddress.ts';
import { parsePayload, type SignalPayload } from '../../dht/signalPayload.ts';
import type { OverlayMember } from '../overlayMember.ts';
import type { Overlay, OverlayStatus, OverlayTools } from '../overlaySwitch.ts';
import { Dialling, type LinkUse } from './dialling.ts';
import { Entries } from './entries.ts';
import { Finder } from './finder.ts';
import { LinkBook } from './linkBook.ts';
import { type NodeOutput, NodeRunner } from './nodeRunner.ts';
import type { OwnLink } from './ownLink.ts';
import { OwnLinks } from './ownLinks.ts';
import { SwarmLinks } from './swarmLinks.ts';
import { WaysThrough } from './waysThrough.ts';

export interface SessionOverlayOptions extends OverlayTools {
  readonly crypto: DhtCrypto;
  /** Milliseconds since 1970, by the clock on the wall. It may be wrong. */
  readonly wall: () => number;
}

/** A tab's node of the DHT, with its links, and what it does for the shares that are open. */
export class SessionOverlay implements Overlay {
  readonly entries: Entries;
  readonly #options: SessionOverlayOptions;
  readonly #runner: NodeRunner;
  readonly #book = new LinkBook();
  readonly #ownLinks: OwnLinks;
  readonly #swarmLinks: SwarmLinks;
  readonly #dialling: Dialling;
  readonly #ways = new WaysThrough();
  readonly #finders = new Map<OverlayMember, Finder>();
  #links = 0;
  #company: Company = 'anybody';
  #kept: Company = 'anybody';

  constructor(options: SessionOverlayOptions) {
    const { crypto, random, wall, clock } = options;
    this.#options = options;
    const node = new DhtNode({ identity: newIdentity(crypto, random), crypto, random, wall });
    this.#runner = new NodeRunner(node, clock, (output) => this.#perform(output));
    this.#ownLinks = new OwnLinks(options);
    this.#swarmLinks = new SwarmLinks(this.#runner, this.#book);
    this.#dialling = new Dialling(options, this.#runner, this.#ownLinks, this.#use('link'));
    const changed = () => this.#entriesChanged();
    this.entries = new Entries({ ...options, changed }, node.self, this.#ownLinks, this.#use('entry'));
    options.budget.whenShort?.(() => this.#ownLinks.spare());
  }

  get status(): OverlayStatus {
    const links = this.#runner.node.links.size;
    return { links, own: this.#ownLinks.open };
  }

  joined(member: OverlayMember): void {
    const { crypto, clock } = this.#options;
    const tools = {
      crypto,
      clock,
      runner: this.#runner,
      found: (by: OverlayMember, { peerId, contact }: Provider) =>
        this.#ways.found(by.infoHash, peerId, contact),
    };
    this.#finders.set(member, new Finder(tools, member));
    member.feed({ type: 'overlay', on: true });
  }

  left(member: OverlayMember): void {
    this.#finders.get(member)?.end();
    this.#finders.delete(member);
    this.#swarmLinks.left(member);
  }

  opened(member: OverlayMember, peer: PeerId): void {
    if (this.#finders.has(member)) this.#swarmLinks.opened(member, peer);
  }

  received(member: OverlayMember, peer: PeerId, payload: Bytes): void {
    const link = this.#swarmLinks.link(member, peer);
    if (link !== undefined) this.#received(link, payload);
  }

  closed(member: OverlayMember, peer: PeerId): void {
    this.#swarmLinks.closed(member, peer);
    this.#counted();
  }

  relay({ infoHash, peerId }: OverlayMember, to: PeerId, sealed: Bytes): void {
    const contact = this.#ways.to(infoHash, to);
    if (contact !== undefined)
      this.#runner.signal(contact, { type: 'swarm', infoHash, from: peerId, to, sealed });
  }

  keepCompany(company: Company): void {
    this.#company = company;
    this.#entriesChanged();
  }

  woke(): void {
    this.#ownLinks.woke();
    this.#runner.step({ type: 'woke' });
  }

  end(): void {
    this.#options.budget.whenShort?.(() => false);
    this.#runner.end();
    for (const member of [...this.#finders.keys()]) this.left(member);
    this.entries.end();
    this.#ownLinks.end();
  }

  /** Who makes or takes an invitation wants to be linked with others. */
  #entriesChanged(): void {
    const company = this.entries.size === 0 ? this.#company : 'anybody';
    if (company !== this.#kept) this.#runner.step({ type: 'company', company });
    this.#kept = company;
    this.#options.changed();
  }

  #perform(output: NodeOutput): void {
    switch (output.type) {
      case 'send':
        return this.#book.send(output.link, encodeMessage(output.message));
      case 'connect':
        return this.#dialling.dial(output.contact);
      case 'close':
        return this.#book.end(output.link);
      case 'signalled':
        return this.#signalled(output);
      case 'lonely':
        return;
    }
  }

  #signalled({ from, payload }: NodeOutput & { type: 'signalled' }): void {
    const parsed = parsePayload(payload);
    if (parsed?.type === 'swarm') this.#bring(from, parsed);
    else if (parsed !== undefined) this.#dialling.signalled(from, parsed);
  }

  #bring(node: Parameters<WaysThrough['heard']>[2], signal: SignalPayload & { type: 'swarm' }): void {
    const { infoHash, from, to, sealed } = signal;
    for (const member of this.#finders.keys()) {
      if (member.infoHash !== infoHash || member.peerId !== to) continue;
      this.#ways.heard(infoHash, from, node);
      member.feed({ type: 'sealedSignal', from, sealed, by: 'overlay' });
    }
  }

  #use(purpose: Purpose): LinkUse {
    return {
      opened: (end: OwnLink, connection: ProvenConnection) => {
        const link = this.#book.add(end);
        this.#runner.step({ type: 'opened', link, purpose, connection });
        return link;
      },
      received: (link, payload) => this.#received(link, payload),
      lost: (link) => {
        if (this.#book.lost(link)) this.#runner.step({ type: 'closed', link });
        this.#counted();
      },
    };
  }

  #received(link: LinkKey, payload: Bytes): void {
    if (!this.#book.has(link)) return;
    const message = decodeMessage(this.#options.crypto, payload);
    const expected = message.type !== 'hello' || this.#book.mayBe(link, message.publicKey);
    this.#runner.step({ type: 'received', link, message: expected ? message : { type: 'malformed' } });
    this.#counted();
  }

  /** With a link more, others are looked for at once. */
  #counted(): void {
    const links = this.#runner.node.links.size;
    if (links > this.#links) for (const finder of this.#finders.values()) finder.linked();
    if (links !== this.#links) this.#options.changed();
    this.#links = links;
  }
}
