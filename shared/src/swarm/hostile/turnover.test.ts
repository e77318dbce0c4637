import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../base/time.ts';
import { TokenBucket } from '../../base/tokenBucket.ts';
import { nobleCrypto } from '../../platform/nobleCrypto.ts';
import { HostileWorld } from '../testing/hostileWorld.ts';
import { ScriptedPeer } from '../testing/scriptedPeer.ts';
import { actAsLeecher, actAsSeeder } from '../testing/scripts.ts';
import { TestBudget, TestPeer } from '../testing/testPeer.ts';

function idle(script: ScriptedPeer): void {
  script.admitted = () => {
    script.greet({ type: 'haveNone' });
    script.stayAlive();
  };
}

describe('rows 3 and 4: a full table', () => {
  it('of free-riders who came first has room for one who gives', () => {
    const world = new HostileWorld(nobleCrypto, { budget: new TestBudget(6) });
    world.victim.feed({ type: 'download' });
    for (let count = 0; count < 6; count++)
      world.attacker((script) => {
        script.admitted = () => {
          script.greet({ type: 'haveNone' });
          script.say({ type: 'interested' });
          script.stayAlive();
        };
      });
    expect(world.victim.budget.left).toBe(0);
    world.network.run(3 * MINUTE);
    world.victim.meet(world.seeder());
    expect(world.network.run(MINUTE, () => world.victim.swarm.complete)).toBe(true);
    expect(world.victim.budget.left).toBe(0);
  });

  it('of those who claim everything and serve nothing, too', () => {
    const world = new HostileWorld(nobleCrypto, { budget: new TestBudget(4) });
    world.victim.feed({ type: 'download' });
    for (let count = 0; count < 4; count++)
      world.attacker((script) => actAsSeeder(script, world.share, () => undefined));
    world.network.run(3 * MINUTE);
    world.victim.meet(world.seeder());
    expect(world.network.run(MINUTE, () => world.victim.swarm.complete)).toBe(true);
  });

  it('of those who want nothing and offer nothing has room for who dials us, after a while', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all', budget: new TestBudget(3) });
    for (let count = 0; count < 3; count++) world.attacker(idle);
    const early = new ScriptedPeer(world.network, world.share);
    early.dial(world.victim.id);
    world.network.run(5 * SECOND);
    expect(early.state).toBe('none');
    world.network.run(40 * SECOND);
    const late = new TestPeer(world.network, world.share);
    late.feed({ type: 'download' });
    late.meet(world.victim);
    expect(world.network.run(MINUTE, () => late.swarm.complete)).toBe(true);
  });

  it('of a seeder: who has taken a whole copy and claims to have nothing goes', () => {
    const upload = new TokenBucket(64 * 1024);
    const world = new HostileWorld(nobleCrypto, { has: 'all', budget: new TestBudget(2), upload });
    const takers = [1, 2].map(() => world.attacker((script) => actAsLeecher(script, world.share)));
    world.network.run(MINUTE);
    const late = new TestPeer(world.network, world.share);
    late.feed({ type: 'download' });
    late.meet(world.victim);
    expect(world.network.run(MINUTE, () => late.swarm.complete)).toBe(true);
    expect(takers.flatMap((each) => world.reasons(each))).toEqual(['useless']);
  });

  it('of peers that are of use stays as it is', () => {
    const world = new HostileWorld(nobleCrypto, { length: 2_000_000, budget: new TestBudget(2) });
    world.victim.feed({ type: 'download' });
    const givers = [1, 2].map(() =>
      world.attacker((script) => {
        script.admitted = () => {
          script.greet({ type: 'haveAll' });
          script.say({ type: 'unchoke' });
          script.stayAlive();
        };
        script.reply = (message) => {
          if (message.type !== 'request') return;
          const { piece, begin, length } = message;
          const data = world.share.range(piece, begin, length);
          world.network.after(9 * SECOND, () => script.say({ type: 'piece', piece, begin, data }));
        };
      }),
    );
    for (let minute = 0; minute < 3; minute++) {
      world.victim.meet(new ScriptedPeer(world.network, world.share));
      world.network.run(MINUTE);
    }
    expect(givers.flatMap((each) => world.reasons(each))).toEqual([]);
  });
});
