import type { PeerDirectory } from './peerDirectory.ts';
import type { TransportEvents } from './ports.ts';
import type { ConnectionOwner } from './surroundings.ts';

/** Brings what the Transport reports to the owner of the connection. What comes for an ended one reaches nobody. */
export function transportEvents(directory: PeerDirectory<ConnectionOwner>): TransportEvents {
  return {
    signal: (key, lane, signal) => directory.get(key)?.signalled(lane, signal),
    opened: (key, lane, fingerprints) => directory.get(key)?.opened(lane, fingerprints),
    frame: (key, lane, bytes) => directory.get(key)?.received(lane, bytes),
    credit: (key, lane, bytes) => directory.get(key)?.credited(lane, bytes),
    route: (key, _lane, route) => directory.get(key)?.routeFound(route),
    path: (key, lane, state) => directory.get(key)?.pathIs(lane, state),
    closed: (key, lane) => directory.get(key)?.closed(lane),
  };
}
