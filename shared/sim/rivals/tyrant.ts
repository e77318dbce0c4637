import type { RivalKind } from './rival.ts';
import { TyrantChoker } from './tyrantChoker.ts';

/** BitTyrant (Piatek et al., NSDI 2007): a peer that gives as little as will do to those who return most for it. */
export const tyrant: RivalKind = ({ random, up, pieceLength }) => ({
  honest: true,
  policies: { choke: new TyrantChoker(random, up, pieceLength) },
});
