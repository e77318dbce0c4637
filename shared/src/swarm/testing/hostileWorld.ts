import type { Crypto } from '../../base/crypto.ts';
import { SECOND } from '../../base/time.ts';
import { BLOCK } from '../../content/layout.ts';
import { ScriptedPeer } from './scriptedPeer.ts';
import { Seeded } from './seeded.ts';
import { TestNetwork } from './testNetwork.ts';
import { TestPeer, type TestPeerOptions } from './testPeer.ts';
import { TinyShare } from './tinyShare.ts';

interface HostileOptions extends TestPeerOptions {
  readonly seed?: number;
  /** Bytes of the content, and of its sealed manifest. */
  readonly length?: number;
  readonly manifest?: number;
}

const shares = new Map<string, TinyShare>();

function shareOf(crypto: Crypto, { length = 24 * BLOCK, manifest = 64 }: HostileOptions): TinyShare {
  const name = `${length}/${manifest}`;
  const share = shares.get(name) ?? new TinyShare(crypto, length, 4 * BLOCK, manifest);
  shares.set(name, share);
  return share;
}

/** A real peer, and whatever comes at it. */
export class HostileWorld {
  readonly share: TinyShare;
  readonly network: TestNetwork;
  readonly victim: TestPeer;

  constructor(crypto: Crypto, options: HostileOptions = {}) {
    this.share = shareOf(crypto, options);
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
