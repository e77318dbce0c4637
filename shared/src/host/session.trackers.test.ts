import { beforeEach, describe, expect, it } from 'vitest';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { MemoryTracker } from '../acceptance/doubles/memoryTracker.ts';
import { chosen, patterned, SessionWorld, type Tab } from '../acceptance/doubles/sessionWorld.ts';
import { TrackerSet } from './trackerSet.ts';

const OWN = 'https://shoal.example';
const named = (...hosts: string[]) =>
  hosts.map((host) => `&tr=${encodeURIComponent(`wss://${host}`)}`).join('');

describe('trackers that a link names', () => {
  let world: SessionWorld;
  let contacted: string[];
  let link: string;
  beforeEach(async () => {
    const random = new SeededRandom(7);
    world = new SessionWorld(() => random.fork());
    const other = new MemoryTracker(world.clock);
    contacted = [];
    link = await (await world.tab()).share([chosen('a.txt', patterned(1000))]);
    world.connect = (events) =>
      new TrackerSet({
        clock: world.clock,
        own: [OWN],
        events,
        connect(url, given) {
          contacted.push(url);
          return (url === OWN ? world.tracker : other).connect(given);
        },
      });
  });

  const waysOf = ({ open }: Tab) =>
    open.ways.flatMap((way) => (way.type === 'tracker' ? `${way.host} ${way.state.type}` : []));

  it('are shown, and contacted when the person says so', async () => {
    const tab = await world.tab();
    const { id } = await tab.receive(link + named('other.example'));
    expect(contacted).toEqual([OWN]);
    expect(waysOf(tab)).toEqual(['shoal.example connected', 'other.example unasked']);
    tab.command({ type: 'ask-trackers', id });
    await world.until(() => waysOf(tab)[1] === 'other.example connected');
    expect(contacted).toEqual([OWN, 'wss://other.example']);
  });

  it('are contacted with Download too, and by the next visit', async () => {
    const tab = await world.tab();
    await tab.download(link + named('other.example'));
    await world.until(() => contacted.length === 2);
    tab.leave();
    const again = await world.tab(tab.storage);
    await world.until(() => contacted.length === 4);
    expect(contacted.slice(2)).toEqual([OWN, 'wss://other.example']);
    again.leave();
  });

  it('of another link to the same share join the others, and are asked for anew', async () => {
    const tab = await world.tab();
    await tab.download(link + named('other.example'));
    const { id } = await tab.reach('complete');
    tab.command({ type: 'open-link', fragment: link + named('third.example') });
    await world.until(() => waysOf(tab).length === 3);
    expect(waysOf(tab)).toEqual([
      'shoal.example connected',
      'other.example connected',
      'third.example unasked',
    ]);
    expect(tab.open.link).toContain(named('third.example', 'other.example'));
    expect(contacted).not.toContain('wss://third.example');
    tab.command({ type: 'ask-trackers', id });
    await world.until(() => contacted.includes('wss://third.example'));
  });

  it('are no more than five, the newest of them', async () => {
    const tab = await world.tab();
    await tab.receive(link + named('a.example', 'b.example', 'c.example', 'd.example'));
    tab.command({ type: 'open-link', fragment: link + named('e.example', 'f.example') });
    await world.until(() => tab.open.link?.includes('f.example') === true);
    expect(tab.open.link).toContain(named('e.example', 'f.example', 'a.example', 'b.example', 'c.example'));
    expect(tab.open.link).not.toContain('d.example');
  });
});
