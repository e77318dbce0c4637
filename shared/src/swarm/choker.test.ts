import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateMeter } from '../base/rateMeter.ts';
import { MINUTE, SECOND, type Time } from '../base/time.ts';
import { Choker, RECHOKE_INTERVAL } from './choker.ts';
import { SeededRandom } from '../../sim/seededRandom.ts';

class FakePeer {
  admittedAt: Time = 0;
  interested = true;
  empty = false;
  claimsNothing = false;
  readonly pieceLength = 64 * 1024;
  snubbed = false;
  passesOn = false;
  hoards = false;
  nearlyDone = false;
  readonly received = new RateMeter(20 * SECOND);
  readonly sent = new RateMeter(20 * SECOND);
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

function peersNamed(names: string): FakePeer[] {
  return Array.from(names, (name) => new FakePeer(name));
}

function sorted(ids: ReadonlySet<string>): string {
  return [...ids].sort().join('');
}

/** Rechokes every ten seconds; `each` says what passes before the next. */
function run(
  choker: Choker<string>,
  peers: readonly FakePeer[],
  rounds: number,
  seeding: boolean,
  each: (unchoked: ReadonlySet<string>, now: Time) => void,
): void {
  for (let round = 0; round < rounds; round++) {
    const now = round * RECHOKE_INTERVAL;
    each(choker.rechoke(now, peers, seeding), now);
  }
}

describe('a leecher', () => {
  it('serves first who has nothing, and last who gives nothing, unless it is being tried or has given', () => {
    const peers = peersNamed('abcdefgh');
    const [giver, lapsed, newcomer, debtor, ...strangers] = peers;
    giver!.received.add(0, 1000);
    lapsed!.received.add(-MINUTE, 1000);
    newcomer!.empty = true;
    debtor!.received.add(-MINUTE, 1000);
    debtor!.sent.add(-MINUTE, 100_000);
    const choker = new Choker<string>(new SeededRandom(17));
    const unchoked = choker.rechoke(1000, peers, false);
    expect(peers.filter((peer) => choker.precedenceOf(1000, peer) === 'first')).toEqual([newcomer]);
    const last = peers.filter((peer) => choker.precedenceOf(1000, peer) === 'last');
    for (const peer of [giver, lapsed]) expect(last).not.toContain(peer);
    expect(last).toContain(debtor);
    // One of the strangers may be the one that is tried.
    const tried = strangers.filter((peer) => !last.includes(peer));
    expect(tried.length).toBeLessThanOrEqual(1);
    for (const peer of tried) expect(unchoked.has(peer.id)).toBe(true);
  });

  it('unchokes the four who gave most, and one more by chance', () => {
    const peers = peersNamed('abcdefgh');
    peers.forEach((peer, index) => peer.received.add(0, (index + 1) * 1000));
    const choker = new Choker<string>(new SeededRandom(1));
    const unchoked = choker.rechoke(1000, peers, false);
    expect(unchoked.size).toBe(5);
    for (const id of 'efgh') expect(unchoked.has(id)).toBe(true);
  });

  it('lets every peer try within a while, the promising far more often', () => {
    const regulars = peersNamed('1234');
    const strangers = peersNamed('abc');
    const [newcomer, giver] = peersNamed('de');
    newcomer!.empty = true;
    giver!.received.add(0, 1);
    const others = [...strangers, newcomer!, giver!];
    const turns = new Map(others.map(({ id }) => [id, 0]));
    const choker = new Choker<string>(new SeededRandom(2));
    run(choker, [...regulars, ...others], 12_000, false, (unchoked, now) => {
      for (const peer of regulars) peer.received.add(now, 50_000);
      for (const { id } of others) if (unchoked.has(id)) turns.set(id, turns.get(id)! + 1);
    });
    const ofStrangers = strangers.map(({ id }) => turns.get(id)!);
    expect(Math.min(...ofStrangers)).toBeGreaterThan(0);
    // Whoever was tried last is left out of the next draw: mostly, that is one of the two.
    for (const id of 'de') expect(turns.get(id)).toBeGreaterThan(4 * Math.max(...ofStrangers));
  });

  it('keeps an optimistic unchoke for thirty seconds', () => {
    const peers = peersNamed('1234abcdefgh');
    const choker = new Choker<string>(new SeededRandom(3));
    const chosen: string[] = [];
    run(choker, peers, 30, false, (unchoked, now) => {
      for (const peer of peers.slice(0, 4)) peer.received.add(now, 50_000);
      if (now > 0) chosen.push([...unchoked].filter((id) => /[a-h]/.test(id)).join(''));
    });
    const runs = chosen.join('').match(/(.)\1*/g) ?? [];
    expect(chosen.slice(2).every((id) => id.length === 1)).toBe(true);
    expect(runs.slice(1, -1).every((each) => each.length === 3)).toBe(true);
  });

  it('gives no regular slot to who snubs us, however much it gave before', () => {
    const peers = peersNamed('abcdef');
    const [liar] = peers as [FakePeer];
    liar.received.add(0, 1_000_000);
    liar.snubbed = true;
    let unchoked = 0;
    const choker = new Choker<string>(new SeededRandom(4));
    run(choker, peers, 100, false, (ids, now) => {
      for (const peer of peers.slice(1)) peer.received.add(now, 100);
      unchoked += Number(ids.has('a'));
    });
    expect(unchoked).toBeLessThan(65);
  });

  it('rewards giving: a free-rider gets the optimistic slot only', () => {
    const peers = peersNamed('abcdefghij');
    const choker = new Choker<string>(new SeededRandom(5));
    const slots = new Map(peers.map((peer) => [peer.id, 0]));
    run(choker, peers, 600, false, (unchoked, now) => {
      for (const peer of peers.slice(0, 6)) peer.received.add(now, 10_000 + peer.id.charCodeAt(0));
      for (const id of unchoked) slots.set(id, (slots.get(id) ?? 0) + 1);
    });
    for (const id of 'ghij') expect(slots.get(id)).toBeLessThan(600 / 3);
  });
});

describe('a seeder', () => {
  it('serves those first through whom pieces appear elsewhere, one stranger, and last who keeps them', () => {
    const peers = peersNamed('abcdefgh');
    for (const peer of peers.slice(0, 4)) peer.hoards = true;
    const choker = new Choker<string>(new SeededRandom(16));
    for (const peer of peers.slice(4)) peer.passesOn = true;
    expect(sorted(choker.rechoke(0, peers, true))).toBe('efgh');
    expect(peers.filter((peer) => choker.precedenceOf(0, peer) === 'last')).toEqual(peers.slice(0, 4));
    const stranger = new FakePeer('s');
    const unchoked = new Choker<string>(new SeededRandom(16)).rechoke(0, [...peers, stranger], true);
    expect(sorted(unchoked)).toBe('efgs');
  });

  it('keeps one place for who lacks little, whoever comes before', () => {
    const peers = peersNamed('abcdefgh');
    for (const peer of peers) peer.passesOn = true;
    const rechoke = () => sorted(new Choker<string>(new SeededRandom(16)).rechoke(0, peers, true));
    expect(rechoke()).toBe('abcd');
    for (const place of [6, 7]) peers[place]!.nearlyDone = true;
    expect(rechoke()).toBe('abcg');
    peers[1]!.nearlyDone = true;
    expect(rechoke()).toBe('abcd');
  });

  it('holds each slot for thirty to sixty seconds, and serves all alike', () => {
    const peers = peersNamed('abcdefghijkl');
    const choker = new Choker<string>(new SeededRandom(6));
    const turns = new Map<string, number[]>(peers.map((peer) => [peer.id, []]));
    run(choker, peers, 360, true, (unchoked, now) => {
      expect(unchoked.size).toBe(4);
      for (const peer of peers) {
        const past = turns.get(peer.id)!;
        if (!unchoked.has(peer.id)) {
          if (past.at(-1) !== 0) past.push(0);
          continue;
        }
        past.push((past.pop() ?? 0) + 1);
        // Sent evenly until the next rechoke.
        for (let second = 1; second < 10; second++) peer.sent.add(now + second * SECOND, 10_000);
      }
    });
    const lengths = [...turns.values()].flatMap((each) => each.slice(0, -1)).filter((rounds) => rounds > 0);
    expect(lengths.length).toBeGreaterThan(50);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(6);
    const totals = peers.map((peer) => peer.sent.total);
    expect(Math.max(...totals) / Math.min(...totals)).toBeLessThan(1.1);
  });

  it('lets nobody win slots by taking slowly or not at all', () => {
    const peers = peersNamed('abcdefgh');
    const slow = new Set(['a', 'b', 'c', 'd']);
    const slots = { slow: 0, fast: 0 };
    const choker = new Choker<string>(new SeededRandom(7));
    run(choker, peers, 360, true, (unchoked, now) => {
      for (const peer of peers) {
        if (!unchoked.has(peer.id)) continue;
        if (slow.has(peer.id)) slots.slow++;
        else slots.fast++;
        peer.sent.add(now + 5 * SECOND, slow.has(peer.id) ? 1 : 100_000);
      }
    });
    expect(slots.slow).toBeLessThan(slots.fast * 1.2);
  });

  it('is not taken over by peers who leave and come back', () => {
    const honest = peersNamed('abcd');
    const choker = new Choker<string>(new SeededRandom(8));
    let served = 0;
    for (let round = 0; round < 360; round++) {
      const now = round * RECHOKE_INTERVAL;
      const crowd = [0, 1, 2, 3].map((index) => {
        const peer = new FakePeer(`x${index}${Math.floor(round / 6)}`);
        peer.admittedAt = now - (now % MINUTE);
        return peer;
      });
      for (const id of choker.rechoke(now, [...honest, ...crowd], true)) {
        const peer = honest.find((each) => each.id === id);
        peer?.sent.add(now + 5 * SECOND, 10_000);
        served += peer === undefined ? 0 : 1;
      }
    }
    expect(served).toBeGreaterThan(360);
  });

  it('gives who says it has nothing a first gift, and no turn after that', () => {
    const peers = peersNamed('abcdefghij');
    const liars = peers.slice(6);
    for (const liar of liars) liar.claimsNothing = liar.empty = true;
    const choker = new Choker<string>(new SeededRandom(12));
    const slots = { liars: 0, honest: 0 };
    run(choker, peers, 12, true, (unchoked, now) => {
      for (const peer of peers.filter(({ id }) => unchoked.has(id))) {
        slots[peer.claimsNothing ? 'liars' : 'honest']++;
        peer.sent.add(now + 5 * SECOND, 100_000);
        peer.empty = false;
      }
    });
    expect(slots.liars).toBeLessThan((4 / 6) * slots.honest);
  });

  it('keeps serving the only peer there is', () => {
    const choker = new Choker<string>(new SeededRandom(9));
    run(choker, peersNamed('a'), 60, true, (unchoked) => expect(sorted(unchoked)).toBe('a'));
  });
});

describe('between two rechokes', () => {
  it('gives a free slot at once, and no more than there are', () => {
    const peers = peersNamed('abcdefg');
    for (const peer of peers) peer.empty = true;
    const choker = new Choker<string>(new SeededRandom(10));
    choker.rechoke(0, [], false);
    const given = peers.filter((peer) => choker.unchokeAtOnce(1000, peer, peers));
    expect(given.map((peer) => peer.id).join('')).toBe('abcde');
    expect(sorted(choker.rechoke(5000, peers, false))).toBe('abcde');
  });

  it('lets strangers and debtors wait where not everybody can have a slot', () => {
    const peers = peersNamed('abcdefg');
    peers[1]!.received.add(0, 1000);
    peers[2]!.received.add(0, 1000);
    peers[2]!.sent.add(0, 100_000);
    peers[3]!.empty = true;
    const choker = new Choker<string>(new SeededRandom(10));
    choker.rechoke(0, [], false);
    const atOnce = (among: readonly FakePeer[]) =>
      among.filter((peer) => choker.unchokeAtOnce(1000, peer, among)).map(({ id }) => id);
    expect(atOnce(peers)).toEqual(['b', 'd']);
    expect(atOnce(peers.slice(0, 4))).toEqual(['a', 'c']);
  });

  it('gives none to who wants nothing, snubs us, or has one', () => {
    const peers = peersNamed('abc') as [FakePeer, FakePeer, FakePeer];
    peers[0].interested = false;
    peers[1].snubbed = true;
    const choker = new Choker<string>(new SeededRandom(11));
    expect(peers.map((peer) => choker.unchokeAtOnce(0, peer, peers))).toEqual([false, false, true]);
    expect(choker.unchokeAtOnce(0, peers[2], peers)).toBe(false);
  });

  it('gives its slot again to who was lost and is back, though all are taken', () => {
    const peers = peersNamed('abcd');
    const choker = new Choker<string>(new SeededRandom(12));
    expect(sorted(choker.rechoke(0, peers, true, 4))).toBe('abcd');
    const [back] = peersNamed('a');
    const returned = Object.assign(back!, { admittedAt: 3000 });
    expect(choker.unchokeAtOnce(3100, returned, [returned, ...peers.slice(1)])).toBe(true);
    expect(choker.unchokeAtOnce(3200, returned, [returned, ...peers.slice(1)])).toBe(false);
  });
});

describe('the optimistic slot', () => {
  it('passes by who was given more than it gave, unless there is nobody else', () => {
    const peers = peersNamed('abcdefg');
    for (const peer of peers.slice(0, 4)) peer.received.add(0, 1e6);
    peers[4]!.sent.add(0, 200 * 1024);
    // One piece is all that is given on trust.
    peers[5]!.sent.add(0, 64 * 1024);
    for (let seed = 0; seed < 20; seed++) {
      const choker = new Choker<string>(new SeededRandom(seed));
      expect(sorted(choker.rechoke(1000, peers, false))).toBe('abcdg');
      expect(choker.rechoke(1000, peers.slice(0, 6), false).size).toBe(5);
    }
  });
});

describe('an idle uplink', () => {
  it('unchokes another peer: the best of those who want something and are choked', () => {
    const peers = peersNamed('abcdefgh');
    peers.forEach((peer, index) => peer.received.add(0, (8 - index) * 1000));
    peers[5]!.snubbed = true;
    const choker = new Choker<string>(new SeededRandom(1));
    const unchoked = choker.rechoke(1000, peers, false);
    const others = peers.filter(({ id, snubbed }) => !unchoked.has(id) && !snubbed).map(({ id }) => id);
    expect(others.map(() => choker.unchokeAnother(2000, peers))).toEqual(others);
    expect(choker.unchokeAnother(2000, peers)).toBeUndefined();
  });
});

describe('a fast seeder', () => {
  it('ends a turn when it has brought twenty pieces, not before ten seconds are over', () => {
    const peers = peersNamed('abcdefgh');
    const choker = new Choker<string>(new SeededRandom(1));
    expect(sorted(choker.rechoke(0, peers, true))).toBe('abcd');
    for (const peer of peers.slice(0, 4)) peer.sent.add(4 * SECOND, 20 * 64 * 1024);
    expect(sorted(choker.rechoke(5 * SECOND, peers, true))).toBe('abcd');
    expect(sorted(choker.rechoke(10 * SECOND, peers, true))).toBe('efgh');
  });
});

describe('a seeder with newcomers', () => {
  it('gives those their turn first who have nothing yet', () => {
    const peers = peersNamed('abcdefgh');
    const choker = new Choker<string>(new SeededRandom(1));
    expect(sorted(choker.rechoke(0, peers, true))).toBe('abcd');
    peers[6]!.empty = true;
    peers[7]!.empty = true;
    for (const peer of peers.slice(0, 4)) peer.sent.add(9 * SECOND, 1000);
    expect(sorted(choker.rechoke(10 * SECOND, peers, true))).toBe('abgh');
  });
});

describe('whatever peers do', () => {
  it('bounds the slots, never flaps within ten seconds, and unchokes nobody who did not want it', () => {
    const action = fc.record({
      peer: fc.nat(11),
      wait: fc.nat(4000),
      what: fc.constantFrom('interest', 'snub', 'give', 'take', 'leave', 'seed', 'empty'),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 80 }), fc.integer(), (actions, seed) => {
        const choker = new Choker<string>(new SeededRandom(seed));
        let peers = peersNamed('abcdefghijkl');
        const changed = new Map<string, Time>();
        let before: ReadonlySet<string> = new Set();
        let now = 0;
        let next = 0;
        let seeding = false;
        let names = 0;
        const change = (id: string) => {
          expect(now - (changed.get(id) ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(10 * SECOND);
          changed.set(id, now);
        };
        for (const { peer: index, wait, what } of actions) {
          now += wait;
          const peer = peers[index]!;
          if (what === 'interest') peer.interested = !peer.interested;
          if (what === 'snub') peer.snubbed = !peer.snubbed;
          if (what === 'give') peer.received.add(now, 20_000);
          if (what === 'take') peer.sent.add(now, 20_000);
          if (what === 'seed') seeding = true;
          if (what === 'empty') peer.empty = !peer.empty;
          if (what === 'leave') peers = peers.with(index, new FakePeer(`n${names++}`));
          const newcomer = peers[index]!;
          if (choker.unchokeAtOnce(now, newcomer, peers)) {
            expect(newcomer.interested).toBe(true);
            change(newcomer.id);
            before = new Set([...before, newcomer.id]);
          }
          if (now < next) continue;
          next = now + RECHOKE_INTERVAL;
          const after = choker.rechoke(now, peers, seeding);
          expect(after.size).toBeLessThanOrEqual(10);
          for (const each of peers) {
            if (before.has(each.id) !== after.has(each.id)) change(each.id);
            if (after.has(each.id) && !before.has(each.id)) expect(each.interested).toBe(true);
          }
          before = after;
        }
      }),
      { numRuns: 300 },
    );
  });
});
