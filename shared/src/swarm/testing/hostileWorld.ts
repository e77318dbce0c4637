import type { Crypto } from '../../base/crypto.ts';
import { SECOND } from '../../base/time.ts';
import { BLOCK } from '../../content/layout.ts';
import { ScriptedPeer } from './scriptedPeer.ts';
import { Seeded } from './seeded.ts';
import { TestNetwork } from './testNetwork.ts';
import { TestPeer, type TestPeerOptions } from './testPeer.ts';
import { TinyShare } from './tinyShare.ts';

const shares = new Map<number, TinyShare>();

function shareOf(crypto: Crypto, length: number): TinyShare {
  const share = shares.get(length) ?? new TinyShare(crypto, length, 4 * BLOCK);
  shares.set(length, share);
  return share;
}

/** A real peer, and whatever comes at it. */
export class HostileWorld {
  readonly share: TinyShare;
  readonly network: TestNetwork;
  readonly victim: TestPeer;

  constructor(crypto: Crypto, options: TestPeerOptions & { seed?: number; length?: number } = {}) {
    this.share = shareOf(crypto, options.length ?? 24 * BLOCK);
    this.network = new TestNetwork(new Seeded(options.seed ?? 1));
    this.victim = new TestPeer(this.network, this.share, { knows: true, ...options });
  }

  /** A member that has connected, and says nothing of its own. */
  attacker(prepare: (script: ScriptedPeer) => void = () => undefined): ScriptedPeer {
    const script = new ScriptedPeer(this.network, this.share);
    prepare(script);
    script.dial(this.victim.id);
    this.network.run(5 * SECOND, () => script.state === 'admitted');
    return script;
  }

  seeder(): TestPeer {
    return new TestPeer(this.network, this.share, { has: 'all' });
  }

  /** Lets a second pass: everything on its way arrives. */
  settle(): void {
    this.network.run(SECOND);
  }

  /** Why the victim dropped it. */
  reasons(script: ScriptedPeer): string[] {
    return this.victim.dropped(script.id);
  }
}
