import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { chosen, patterned, SessionWorld, type Tab } from '../acceptance/doubles/sessionWorld.ts';
import type { Command } from './snapshot.ts';

const SIZE = 150_000;
const PLACES = 60;

type Act =
  | { readonly type: 'wait'; readonly milliseconds: number }
  | { readonly type: 'cut' }
  | { readonly type: 'give' }
  | { readonly type: 'link' }
  | { readonly type: 'share' }
  | { readonly type: 'reload' }
  | { readonly type: (typeof COMMANDS)[number] };

const COMMANDS = [
  'download',
  'pause',
  'resume',
  'remove',
  'undo-remove',
  'open-share',
  'close-view',
] as const;

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .integer({ min: 0, max: 500 })
      .map((milliseconds) => ({ type: 'wait' as const, milliseconds })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Act>({ type: 'cut' }, { type: 'give' }, { type: 'reload' }, { type: 'share' }),
  },
  { weight: 2, arbitrary: fc.constant<Act>({ type: 'link' }) },
  { weight: 4, arbitrary: fc.constantFrom(...COMMANDS).map((type) => ({ type })) },
);

const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);
beforeEach(() => process.on('unhandledRejection', note));
afterEach(() => process.off('unhandledRejection', note));

test('whatever is asked whenever: nothing throws, no connection is left behind, and the share still works', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      fc.array(fc.tuple(fc.constantFrom<0 | 1>(0, 1), act), { maxLength: 25 }),
      async (seed, acts) => {
        unhandled.length = 0;
        const pair = await Pair.make(seed);
        for (const [who, what] of acts) await pair.perform(who, what);
        await pair.rest();
        expect(pair.tabs.map((tab) => [tab.connections, tab.budget.left])).toEqual([
          [0, PLACES],
          [0, PLACES],
        ]);
        await pair.recover();
        expect(unhandled).toEqual([]);
      },
    ),
    { numRuns: 40, interruptAfterTimeLimit: 10_000 },
  );
});

/** A sharer and a receiver of one share. */
class Pair {
  readonly world: SessionWorld;
  readonly tabs: [Tab, Tab];
  readonly #files = [chosen('a', patterned(SIZE))];
  #link = '';
  #id = '';

  private constructor(world: SessionWorld, tabs: [Tab, Tab]) {
    this.world = world;
    this.tabs = tabs;
  }

  static async make(seed: number): Promise<Pair> {
    const random = new SeededRandom(seed);
    const world = new SessionWorld(() => random.fork(), 300);
    const pair = new Pair(world, [await world.tab(), await world.tab()]);
    pair.#link = await pair.tabs[0].share(pair.#files);
    pair.#id = (await pair.tabs[1].receive(pair.#link)).id;
    return pair;
  }

  async perform(who: 0 | 1, what: Act): Promise<void> {
    if (what.type === 'wait') await this.world.pass(what.milliseconds);
    else if (what.type === 'cut') this.world.tracker.cut();
    else if (what.type === 'reload') await this.#reload(who);
    else this.tabs[who].command(this.#commandFor(what));
  }

  /** Everything paused. */
  async rest(): Promise<void> {
    await this.world.pass(200);
    for (const tab of this.tabs) for (const { id } of tab.snapshot.shares) tab.command({ type: 'pause', id });
    await this.world.pass(1000);
  }

  /** From wherever the receiver is, it can be brought to a finished download. */
  async recover(): Promise<void> {
    const link = await (await this.world.tab()).share(this.#files);
    await this.tabs[1].download(link);
  }

  async #reload(who: 0 | 1): Promise<void> {
    this.tabs[who].leave();
    this.tabs[who] = await this.world.tab(this.tabs[who].storage);
  }

  #commandFor(what: Exclude<Act, { type: 'wait' | 'cut' | 'reload' }>): Command {
    switch (what.type) {
      case 'give':
        return { type: 'give-files', id: this.#id, files: this.#files };
      case 'link':
        return { type: 'open-link', fragment: this.#link };
      case 'share':
        return { type: 'share', files: [chosen('b', patterned(10))] };
      case 'close-view':
        return { type: 'close-view' };
      case 'download':
      case 'pause':
      case 'resume':
      case 'remove':
      case 'undo-remove':
      case 'open-share':
        return { type: what.type, id: this.#id };
    }
  }
}
