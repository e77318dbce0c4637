import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SeededRandom } from '../../../sim/seededRandom.ts';
import { chosen, patterned, SessionWorld, type Tab } from '../../acceptance/doubles/sessionWorld.ts';
import { MINUTE, SECOND } from '../../base/time.ts';
import { formatInviteLink } from '../../content/inviteLink.ts';
import type { EntrySnapshot } from '../snapshot.ts';

const SIZE = 300_000;

describe('sessions in an overlay', () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  let world: SessionWorld;

  beforeEach(() => {
    const random = new SeededRandom(11);
    world = new SessionWorld(() => random.fork(), 500);
    world.overlay = true;
    unhandled.length = 0;
    process.on('unhandledRejection', note);
  });
  afterEach(() => {
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  const shown = (tab: Tab) => tab.snapshots.at(-1);
  const links = (tab: Tab) => shown(tab)?.overlay?.links ?? 0;

  async function entryOf(tab: Tab, state: EntrySnapshot['state']): Promise<string> {
    await world.until(() => shown(tab)?.entry?.state === state, 30 * SECOND);
    return shown(tab)?.entry?.code ?? '';
  }

  /** The newcomer comes in by a code that the host makes, and one back. */
  async function invite(host: Tab, newcomer: Tab): Promise<readonly [string, string]> {
    host.command({ type: 'make-invitation' });
    const invitation = await entryOf(host, 'made');
    newcomer.command({ type: 'take-code', code: invitation });
    const answer = await entryOf(newcomer, 'answered');
    host.command({ type: 'take-code', code: answer });
    await entryOf(host, 'taken');
    return [invitation, answer];
  }

  async function swarmOf(count: number): Promise<{ readonly link: string; readonly tabs: readonly Tab[] }> {
    const sharer = await world.tab();
    const link = await sharer.share([chosen('a', patterned(SIZE))]);
    const tabs = [sharer];
    for (let number = 1; number < count; number++) {
      const tab = await world.tab();
      await tab.download(link);
      tabs.push(tab);
    }
    return { link, tabs };
  }

  test('a connection of a swarm is a link, once both have met', async () => {
    const { tabs } = await swarmOf(2);
    await world.until(() => tabs.every((tab) => links(tab) === 1));
    expect(tabs.map(({ connections }) => connections)).toEqual([1, 1]);
  });

  test('the tracker dies: a newcomer comes in by codes, and finds everybody', async () => {
    const { link, tabs } = await swarmOf(4);
    await world.until(() => tabs.every((tab) => links(tab) >= 1));
    world.tracker.goDown();
    const newcomer = await world.tab();
    newcomer.command({ type: 'open-link', fragment: link });
    await world.until(() => shown(newcomer)?.overlay?.lonely === true);
    const [invitation, answer] = await invite(tabs[1]!, newcomer);
    expect(Math.max(invitation.length, answer.length)).toBeLessThan(1000);
    await newcomer.reach('ready');
    newcomer.command({ type: 'download', id: newcomer.open.id });
    await newcomer.reach('complete');
    await world.until(
      () => newcomer.open.met!.overlay.count >= 1 && shown(newcomer)?.overlay?.lonely === false,
    );
    expect(shown(newcomer)?.entry?.connected).toBe(true);
    expect(newcomer.open.met!.tracker).toEqual({ count: 0, ago: undefined });
    expect(newcomer.open.met!.peers.telling).toBe(newcomer.open.peers.length);
  });

  test('two pages alone: whoever came in by codes finds the other within seconds', async () => {
    const { link, tabs } = await swarmOf(1);
    world.tracker.goDown();
    const newcomer = await world.tab();
    newcomer.command({ type: 'open-link', fragment: link });
    await world.until(() => shown(newcomer)?.overlay?.lonely === true);
    await invite(tabs[0]!, newcomer);
    await world.until(() => links(newcomer) === 1);
    await world.pass(4 * SECOND);
    expect(newcomer.open.state).toBe('ready');
  });

  test('pages with nothing in common are linked by codes alone; strangers are, while somebody shares', async () => {
    world.tracker.goDown();
    const tabs: Tab[] = [];
    for (let number = 0; number < 4; number++) {
      const tab = await world.tab();
      await tab.share([chosen(`of ${number}`, patterned(10, number))]);
      tabs.push(tab);
    }
    await world.until(() => tabs.every((tab) => shown(tab)?.overlay?.lonely === true));
    for (const [place, tab] of tabs.entries()) if (place > 0) await invite(tabs[place - 1]!, tab);
    await world.until(() => tabs.every((tab) => links(tab) === 3), 120 * SECOND);
    expect(tabs.some((tab) => shown(tab)?.overlay?.lonely)).toBe(false);
    tabs[0]!.command({ type: 'set-dht', to: 'off' });
    await world.until(() => tabs.slice(1).every((tab) => links(tab) === 2));
    expect(tabs[0]!.snapshot.overlay).toMatchObject({ state: 'off', links: 0 });
    expect(tabs[0]!.connections).toBe(0);
    expect(tabs[0]!.budget.left).toBe(60);
  });

  test('members who know strangers alone find each other over them', async () => {
    const [sharer, stranger] = [await world.tab(), await world.tab()];
    const link = await sharer.share([chosen('a', patterned(SIZE))]);
    await stranger.share([chosen('b', patterned(10))]);
    world.tracker.goDown();
    const receiver = await world.tab();
    receiver.command({ type: 'open-link', fragment: link });
    await invite(sharer, stranger);
    await invite(stranger, receiver);
    await receiver.reach('ready');
    receiver.command({ type: 'download', id: receiver.open.id });
    await receiver.reach('complete');
    expect(receiver.open.met).toMatchObject({ tracker: { count: 0 }, overlay: { count: 1 } });
  });

  test('relayed connections alone: links made before are ended', async () => {
    const { tabs } = await swarmOf(2);
    await world.until(() => tabs.every((tab) => links(tab) === 1));
    const stranger = await world.tab();
    await stranger.share([chosen('b', patterned(10))]);
    await invite(tabs[0]!, stranger);
    const own = (tab: Tab) => shown(tab)?.overlay?.own;
    await world.until(() => own(tabs[0]!) === 1);
    tabs[0]!.command({ type: 'set-relay-only', on: true });
    await world.until(() => own(tabs[0]!) === 0);
  });

  test('turned off and on again, members are links again', async () => {
    const { tabs } = await swarmOf(2);
    await world.until(() => tabs.every((tab) => links(tab) === 1));
    tabs[0]!.command({ type: 'set-dht', to: 'off' });
    await world.until(() => links(tabs[1]!) === 0);
    tabs[0]!.command({ type: 'set-dht', to: 'whileSharing' });
    await world.until(() => tabs.every((tab) => links(tab) === 1 && tab.connections === 1));
  });

  test('set to be there always, it is there at once, with no share and nobody met', async () => {
    const tab = await world.tab();
    await world.pass(30 * SECOND);
    expect(shown(tab)?.overlay?.state).toBe('waiting');
    tab.command({ type: 'set-dht', to: 'always' });
    await world.until(() => shown(tab)?.overlay?.state === 'on');
  });

  test('after its end a session leaves nothing behind', async () => {
    const { tabs } = await swarmOf(3);
    tabs[1]!.command({ type: 'make-invitation' });
    await entryOf(tabs[1]!, 'made');
    tabs[1]!.leave();
    await world.pass(30 * SECOND);
    expect([tabs[1]!.connections, tabs[1]!.budget.left]).toEqual([0, 60]);
  });

  describe('codes', () => {
    const refuses = (tab: Tab, problem: EntrySnapshot['problem']) =>
      world.until(() => shown(tab)?.entry?.problem === problem, 30 * SECOND);

    test('that are no codes, mistyped, too long, or one’s own, are told apart', async () => {
      const [one, two] = [await world.tab(), await world.tab()];
      one.command({ type: 'make-invitation' });
      const code = await entryOf(one, 'made');
      one.command({ type: 'take-code', code });
      await refuses(one, 'own');
      for (const [wrong, problem] of [
        ['hello', 'malformed'],
        [code.slice(0, 30) + (code[30] === 'A' ? 'B' : 'A') + code.slice(31), 'mistyped'],
        [code.repeat(20), 'malformed'],
      ] as const) {
        two.command({ type: 'end-invitation' });
        two.command({ type: 'take-code', code: wrong });
        await refuses(two, problem);
      }
      expect(two.connections).toBe(0);
    });

    test('with spaces and line breaks in them are taken', async () => {
      const [one, two] = [await world.tab(), await world.tab()];
      one.command({ type: 'make-invitation' });
      const code = await entryOf(one, 'made');
      two.command({ type: 'take-code', code: ` ${code.slice(0, 40)}\r\n ${code.slice(40)}\n` });
      await entryOf(two, 'answered');
    });

    test('come with a link, too, and are taken with it, or out of it', async () => {
      const { link, tabs } = await swarmOf(1);
      world.tracker.goDown();
      const [newcomer, other] = [await world.tab(), await world.tab()];
      tabs[0]!.command({ type: 'make-invitation', share: tabs[0]!.open.id });
      const code = await entryOf(tabs[0]!, 'made');
      const both = formatInviteLink(link, code);
      expect(shown(tabs[0]!)?.entry).toMatchObject({ share: tabs[0]!.open.id, link: both });
      newcomer.command({ type: 'open-link', fragment: new URL(both).hash });
      other.command({ type: 'take-code', code: both });
      await entryOf(other, 'answered');
      tabs[0]!.command({ type: 'take-code', code: await entryOf(newcomer, 'answered') });
      await newcomer.reach('ready');
    });

    test('can be made for one after the other: the second is not the first, which has connected', async () => {
      const [one, two, three] = [await world.tab(), await world.tab(), await world.tab()];
      await invite(one, two);
      await world.until(() => shown(one)?.entry?.connected === true);
      one.command({ type: 'make-invitation' });
      await entryOf(one, 'made');
      expect(shown(one)?.entry?.connected).toBe(false);
      await invite(one, three);
      await world.until(() => links(one) === 2);
    });

    test('are said to have expired, after a quarter of an hour', async () => {
      const [one, two] = [await world.tab(), await world.tab()];
      one.command({ type: 'make-invitation' });
      const code = await entryOf(one, 'made');
      two.command({ type: 'take-code', code });
      const answer = await entryOf(two, 'answered');
      await world.pass(16 * MINUTE);
      expect(shown(one)?.entry).toMatchObject({ state: 'failed', problem: 'expired' });
      expect(shown(two)?.entry).toMatchObject({ state: 'failed', problem: 'unreached' });
      one.command({ type: 'take-code', code: answer });
      await refuses(one, 'expired');
    });

    test('that lead to nobody are said to, and once connected, it stays said', async () => {
      const [one, two, three] = [await world.tab(), await world.tab(), await world.tab()];
      await invite(one, two);
      await world.until(() => shown(two)?.entry?.connected === true);
      one.leave();
      await world.pass(MINUTE);
      expect(shown(two)?.entry?.connected).toBe(true);
      two.command({ type: 'make-invitation' });
      three.command({ type: 'take-code', code: await entryOf(two, 'made') });
      const answer = await entryOf(three, 'answered');
      three.leave();
      two.command({ type: 'take-code', code: answer });
      await world.pass(16 * MINUTE);
      expect(shown(two)?.entry).toMatchObject({ state: 'failed', problem: 'unreached' });
    });

    test('are answered once: of two answers the first counts', async () => {
      const [one, two, three] = [await world.tab(), await world.tab(), await world.tab()];
      one.command({ type: 'make-invitation' });
      const code = await entryOf(one, 'made');
      for (const each of [two, three]) each.command({ type: 'take-code', code });
      const answers = [await entryOf(two, 'answered'), await entryOf(three, 'answered')];
      for (const answer of answers) one.command({ type: 'take-code', code: answer });
      await world.until(() => links(one) === 1 && links(two) === 1);
      await world.pass(30 * SECOND);
      expect([links(one), links(two), links(three)]).toEqual([1, 1, 0]);
    });

    test('are good once: the invitation taken by a second page, and its answer, change nothing', async () => {
      const [one, two, three] = [await world.tab(), await world.tab(), await world.tab()];
      const [invitation, answer] = await invite(one, two);
      await world.until(() => links(one) === 1 && links(two) === 1);
      three.command({ type: 'take-code', code: invitation });
      const late = await entryOf(three, 'answered');
      one.command({ type: 'take-code', code: late });
      one.command({ type: 'take-code', code: answer });
      await world.pass(60 * SECOND);
      expect([links(one), links(two), links(three)]).toEqual([1, 1, 0]);
    });
  });
});
