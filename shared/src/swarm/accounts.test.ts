import { expect, it } from 'vitest';
import { MINUTE } from '../base/time.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { Accounts } from './accounts.ts';
import { TestContext } from './testing/testContext.ts';
import { TinyShare } from './testing/tinyShare.ts';

const context = new TestContext(new TinyShare(nobleCrypto, 1000));

it('remembers for five minutes who gave nothing for what it was given', () => {
  const accounts = new Accounts();
  const [debtor, trader, stranger] = [context.peer(), context.peer(), context.peer()];
  for (const peer of [debtor, trader]) peer.sent.add(0, 1000);
  trader.received.add(0, 1);
  for (const peer of [debtor, trader, stranger]) accounts.close(0, peer);
  const owing = (now: number) =>
    [debtor, trader, stranger].filter(({ id }) => accounts.isDebtor(now, false, id));
  expect(owing(5 * MINUTE)).toEqual([debtor]);
  expect(owing(5 * MINUTE + 1)).toEqual([]);
});

it('remembers, for a seeder, who kept to itself what nobody else was given', () => {
  const accounts = new Accounts();
  const [hoarder, other] = [context.peer(), context.peer()];
  for (const peer of [hoarder, other]) peer.sent.add(0, 1000);
  hoarder.hoardsSince = 0;
  for (const peer of [hoarder, other]) accounts.close(MINUTE, peer);
  expect(accounts.isDebtor(MINUTE, true, hoarder.id)).toBe(true);
  expect(accounts.isDebtor(MINUTE, true, other.id)).toBe(false);
});

it('goes on where it was with a peer that comes again', () => {
  const accounts = new Accounts();
  const peer = context.peer();
  peer.sent.add(0, 1000);
  peer.received.add(0, 7);
  accounts.close(0, peer);
  const [again, another] = [context.peer(), context.peer()];
  Object.defineProperty(again, 'id', { value: peer.id });
  for (const each of [again, another]) accounts.open(each);
  expect([again.sent.total, again.received.total, again.returned]).toEqual([1000, 7, true]);
  expect([another.sent.total, another.received.total, another.returned]).toEqual([0, 0, false]);
});
