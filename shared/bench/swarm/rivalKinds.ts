import { freeRider } from '../../sim/rivals/freeRider.ts';
import { largeViewFreeRider } from '../../sim/rivals/largeViewFreeRider.ts';
import type { RivalKind } from '../../sim/rivals/rival.ts';
import { tyrant } from '../../sim/rivals/tyrant.ts';
import type { RivalName } from './setting.ts';

/** Names travel between processes; these are meant by them. */
export const RIVAL_KINDS: Readonly<Record<RivalName, RivalKind>> = {
  'free-rider': freeRider,
  'large-view': largeViewFreeRider,
  tyrant,
};
