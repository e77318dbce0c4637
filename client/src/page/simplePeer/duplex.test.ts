import { expect, it } from 'vitest';
import { Duplex } from './duplex.ts';

it('tells what happens to those who listen, in their order', () => {
  const duplex = new Duplex();
  const heard: unknown[] = [];
  duplex.on('signal', (data) => heard.push(['first', data]));
  duplex.on('signal', (data) => heard.push(['second', data]));
  expect(duplex.emit('signal', 1)).toBe(true);
  expect(duplex.emit('close')).toBe(false);
  expect(heard).toEqual([
    ['first', 1],
    ['second', 1],
  ]);
});

it('tells once who listens once, also when told again meanwhile', () => {
  const duplex = new Duplex();
  let heard = 0;
  duplex.once('close', () => {
    heard++;
    duplex.emit('close');
  });
  duplex.emit('close');
  expect(heard).toBe(1);
});

it('tells nothing to who listens no more', () => {
  const duplex = new Duplex();
  let heard = 0;
  const listener = () => heard++;
  duplex.on('finish', listener).removeListener('finish', listener);
  duplex.emit('finish');
  expect(heard).toBe(0);
});
