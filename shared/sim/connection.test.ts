import { beforeEach, describe, expect, it } from 'vitest';
import { peerIdOf } from '../src/base/ids.ts';
import { SECOND } from '../src/base/time.ts';
import { Connection, Endpoint } from './connection.ts';
import { Downlink, Uplink } from './line.ts';
import { MachineClock } from './machineClock.ts';
import { Path } from './path.ts';
import { World } from './world.ts';

const LATENCY = 10;

describe('a connection', () => {
  let world: World;
  let heard: string[];
  let a: Endpoint;
  let b: Endpoint;
  let connection: Connection;

  beforeEach(() => {
    world = new World(1);
    heard = [];
    [a, b] = [endpoint('a'), endpoint('b')];
    const path = new Path(world.random, { latency: LATENCY, jitter: 0, loss: 0 });
    connection = new Connection(world, a, b, path, () => undefined);
    heard.length = 0;
  });

  function endpoint(name: string): Endpoint {
    const id = peerIdOf(world.random.bytes(20));
    const clock = new MachineClock(world);
    const [up, down] = [new Uplink(world, 1e6), new Downlink(1e6)];
    const access = { name, clock, up, down, latency: LATENCY / 2, jitter: 0, loss: 0 };
    return new Endpoint(id, id, access, '', ({ type }) => {
      if (type === 'received' || type === 'closed') heard.push(`${name} ${type} at ${Math.round(world.now)}`);
    });
  }

  const pass = (duration: number) => world.run(world.now + duration, () => false);
  const say = (end: Endpoint) => end.outgoing?.send([new Uint8Array(10)]);

  it('that is ended at one end ends at the other a trip later', () => {
    connection.end(a);
    pass(SECOND);
    expect(heard).toEqual(['b closed at 10']);
  });

  it('carries nothing while it is cut, and all of it soon after', () => {
    connection.setCut(true);
    say(a);
    pass(29 * SECOND);
    expect(heard).toEqual([]);
    connection.setCut(false);
    pass(60 * SECOND);
    expect(heard).toEqual(['b received at 29410']);
  });

  it('is given up at both ends when it is cut for half a minute', () => {
    connection.setCut(true);
    pass(60 * SECOND);
    expect(heard).toEqual(['a closed at 30000', 'b closed at 30000']);
  });

  it('of which one end vanishes is given up at the other in half a minute, whatever it says', () => {
    connection.vanish(a);
    say(b);
    connection.setCut(false);
    pass(60 * SECOND);
    expect(heard).toEqual(['b closed at 30000']);
  });

  it('that is ended across a cut is noticed only when it lasts, from its beginning', () => {
    connection.setCut(true);
    pass(20 * SECOND);
    connection.end(a);
    pass(5 * SECOND);
    connection.setCut(false);
    pass(60 * SECOND);
    expect(heard).toEqual(['b closed at 30000']);
  });

  it('is given up later where the clock stands still, but is given up', () => {
    connection.setCut(true);
    b.access.clock.sleep('stops');
    pass(100 * SECOND);
    b.access.clock.wake();
    connection.setCut(false);
    pass(60 * SECOND);
    expect(heard).toEqual(['a closed at 30000', 'b closed at 130000']);
  });
});
