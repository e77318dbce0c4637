import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PeerExchange } from './peerExchange.ts';

const PACE = { first: 5, step: 2, interval: 100 };
const all = () => true;

test('tells many at first, then a few at a time, and not too often', () => {
  const exchange = new PeerExchange<number>(PACE);
  exchange.connected(0, 0);
  expect(exchange.news(0, 0, [1, 2, 3, 4, 5, 6, 7], all)).toEqual({ added: [1, 2, 3, 4, 5], dropped: [] });
  expect(exchange.news(0, 99, [8], all)).toBeUndefined();
  expect(exchange.news(0, 100, [8, 1, 9], all)).toEqual({ added: [8], dropped: [] });
  expect(exchange.news(0, 300, [8, 1], all)).toBeUndefined();
  expect(exchange.news(1, 300, [8], all)).toBeUndefined();
});

test('takes back those who are gone, and tells nobody of itself', () => {
  const exchange = new PeerExchange<number>(PACE);
  exchange.connected(0, 0);
  expect(exchange.news(0, 0, [0, 1, 2], all)).toEqual({ added: [1, 2], dropped: [] });
  expect(exchange.news(0, 100, [2], (id) => id !== 1)).toEqual({ added: [], dropped: [1] });
  expect(exchange.news(0, 200, [1], all)).toEqual({ added: [1], dropped: [] });
});

test('listens to so much in a minute, whatever a peer says', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 80 })), (messages) => {
      const exchange = new PeerExchange<number>(PACE);
      exchange.connected(0, 0);
      const taken = messages.map((length) => exchange.heard(0, 59_999, new Array(length).fill(7)).length);
      expect(taken.reduce((sum, count) => sum + count, 0)).toBe(
        Math.min(
          100,
          messages.reduce((sum, count) => sum + count, 0),
        ),
      );
      expect(exchange.heard(0, 60_000, [1])).toEqual([1]);
      expect(exchange.heard(9, 60_000, [1])).toEqual([]);
    }),
  );
});
