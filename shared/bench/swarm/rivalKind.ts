import type { RivalKind } from '../../sim/rivals/rival.ts';
import type { RivalName } from './setting.ts';

/** @throws Error for a rival that cannot be simulated. */
export function rivalKind(name: RivalName): RivalKind {
  if (name !== 'free-rider') throw new Error(`rival: expected a free-rider, received a ${name}`);
  return () => ({ honest: true, uploadLimit: 0 });
}
