import { nobody } from './nobody.ts';
import type { RivalKind } from './rival.ts';

/** Announces and downloads as ours do, tells the truth, and never uploads. */
export const freeRider: RivalKind = () => ({ honest: true, policies: { choke: nobody } });
