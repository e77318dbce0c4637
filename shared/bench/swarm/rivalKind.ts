import { freeRider } from '../../sim/rivals/freeRider.ts';
import { largeViewFreeRider } from '../../sim/rivals/largeViewFreeRider.ts';
import type { RivalKind } from '../../sim/rivals/rival.ts';
import type { RivalName } from './setting.ts';

const KINDS: Readonly<Partial<Record<RivalName, RivalKind>>> = {
  'free-rider': freeRider,
  'large-view': largeViewFreeRider,
};

/** @throws Error for a rival that cannot be simulated. */
export function rivalKind(name: RivalName): RivalKind {
  const kind = KINDS[name];
  if (kind === undefined)
    throw new Error(`rival: expected ${Object.keys(KINDS).join(' or ')}, received ${name}`);
  return kind;
}
