import { nobody } from './nobody.ts';
import type { RivalKind } from './rival.ts';

/**
 * A free-rider that collects optimistic unchokes and turns in seeders' slots by knowing everybody: it has the tracker
 * introduce all members, and dials all of them (Sirivianos et al., "Free-riding in BitTorrent networks with the large
 * view exploit", IPTPS 2007).
 */
export const largeViewFreeRider: RivalKind = () => ({
  honest: true,
  view: Number.POSITIVE_INFINITY,
  connections: Number.POSITIVE_INFINITY,
  policies: { choke: nobody, maxPeers: Number.POSITIVE_INFINITY },
});
