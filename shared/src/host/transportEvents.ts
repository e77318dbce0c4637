import type { PeerDirectory } from './peerDirectory.ts';
import type { TransportEvents } from './ports.ts';
import type { Connection } from './surroundings.ts';

/** Brings what the Transport reports to the owner of the connection. What comes for an ended one reaches nobody. */
export function transportEvents(directory: PeerDirectory<Connection>): TransportEvents {
  return {
    signal: (key, lane, signal) => {
      const connection = directory.get(key);
      connection?.owner.feed({ type: 'localSignal', peer: connection.peer, lane, signal });
    },
    opened: (key, lane, fingerprints) => {
      const connection = directory.get(key);
      connection?.owner.feed({ type: 'opened', peer: connection.peer, lane, fingerprints });
    },
    frame: (key, lane, bytes) => {
      const connection = directory.get(key);
      connection?.owner.feed({ type: 'received', peer: connection.peer, lane, bytes });
    },
    credit: (key, lane, bytes) => {
      const connection = directory.get(key);
      connection?.owner.feed({ type: 'credit', peer: connection.peer, lane, bytes });
    },
    route: (key, _lane, route) => {
      const connection = directory.get(key);
      connection?.owner.routeFound(connection.peer, route);
    },
    closed: (key, lane) => {
      const connection = directory.get(key);
      connection?.owner.connectionClosed(connection.peer, lane);
    },
  };
}
