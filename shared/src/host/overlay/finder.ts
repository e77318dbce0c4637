import { SECOND, type Time } from '../../base/time.ts';
import { memberCheck } from '../../content/keys.ts';
import { privateAddress, type Provider, type ShareAddress } from '../../dht/shareAddress.ts';
import type { DhtCrypto } from '../../dht/identity.ts';
import type { OverlayMember } from '../overlayMember.ts';
import type { Clock } from '../ports.ts';
import type { NodeRunner } from './nodeRunner.ts';

/** Between two looks for others, by how much they are needed. */
const INTERVALS: Record<OverlayMember['need'], Time> = {
  anybody: 8 * SECOND,
  more: 60 * SECOND,
  nobody: Number.POSITIVE_INFINITY,
};
const LOOK = 2 * SECOND;

export interface FinderTools {
  readonly crypto: DhtCrypto;
  readonly clock: Clock;
  readonly runner: NodeRunner;
  /** A member that can be signalled to by way of the overlay. */
  readonly found: (member: OverlayMember, provider: Provider) => void;
}

/** Says of one share that it is provided here, and looks for others who do as long as somebody is needed. */
export class Finder {
  readonly #tools: FinderTools;
  readonly #member: OverlayMember;
  readonly #address: ShareAddress;
  #lookedAt: Time = Number.NEGATIVE_INFINITY;
  #looking = false;
  #linked = false;
  #cancel: (() => void) | undefined;

  constructor(tools: FinderTools, member: OverlayMember) {
    this.#tools = tools;
    this.#member = member;
    this.#address = privateAddress(tools.crypto, member.infoHash, member.membership);
    tools.runner.step({ type: 'provide', address: this.#address, peerId: member.peerId });
    this.#wait();
  }

  /** There is a link more: what it leads to was not asked before, and it says only now what it provides itself. */
  linked(): void {
    this.#linked = true;
    if (this.#member.need === 'anybody') this.#lookUp();
  }

  end(): void {
    this.#cancel?.();
    this.#tools.runner.step({ type: 'withdraw', key: this.#address.key });
  }

  #wait(): void {
    const { clock } = this.#tools;
    this.#cancel = clock.at(clock.now() + LOOK, () => {
      if (this.#isDue) this.#lookUp();
      this.#linked = false;
      this.#wait();
    });
  }

  get #isDue(): boolean {
    const { need } = this.#member;
    const since = this.#tools.clock.now() - this.#lookedAt;
    return since >= INTERVALS[need] || (this.#linked && need === 'anybody');
  }

  #lookUp(): void {
    const { runner, clock } = this.#tools;
    if (this.#looking || runner.node.links.size === 0) return;
    this.#looking = true;
    this.#lookedAt = clock.now();
    runner.lookUp(this.#address, {
      provider: (provider) => this.#found(provider),
      ended: () => (this.#looking = false),
    });
  }

  #found(provider: Provider): void {
    const { crypto, runner, found } = this.#tools;
    const { peerId, contact } = provider;
    if (contact.id === runner.node.self.id) return;
    found(this.#member, provider);
    const members = [{ peerId, check: memberCheck(crypto, this.#member.checkKey, peerId) }];
    this.#member.feed({ type: 'introduced', members, by: 'overlay' });
  }
}
