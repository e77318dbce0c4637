import type { Bytes } from '@shoal/shared/base/bytes.ts';
import type {
  IceConfiguration,
  Lane,
  PeerKey,
  Transport,
  TransportEvents,
} from '@shoal/shared/host/ports.ts';
import type { Signal } from '@shoal/shared/wire/signal.ts';
import { Connection, type ConnectionEvents } from './connection.ts';

/** Connections by WebRTC, which browsers allow on the page only. */
export class PageTransport implements Transport {
  readonly #events: TransportEvents;
  readonly #connections = new Map<string, Connection>();

  /** Ends all connections when the page is left: the others then learn it at once, not after some 15 s of silence. */
  constructor(events: TransportEvents) {
    this.#events = events;
    addEventListener('pagehide', () => {
      for (const connection of [...this.#connections.values()]) connection.end('this page was left');
    });
  }

  open(peer: PeerKey, lane: Lane, role: 'initiator' | 'responder', ice: IceConfiguration): void {
    this.close(peer, lane);
    this.#connections.set(key(peer, lane), new Connection(role, ice, this.#eventsOf(peer, lane)));
  }

  signal(peer: PeerKey, lane: Lane, signal: Signal): void {
    this.#connections.get(key(peer, lane))?.signal(signal);
  }

  send(peer: PeerKey, lane: Lane, frames: readonly Bytes[]): void {
    this.#connections.get(key(peer, lane))?.send(frames);
  }

  close(peer: PeerKey, lane: Lane): void {
    this.#connections.get(key(peer, lane))?.close();
    this.#connections.delete(key(peer, lane));
  }

  #eventsOf(peer: PeerKey, lane: Lane): ConnectionEvents {
    const events = this.#events;
    return {
      signal: (signal) => events.signal(peer, lane, signal),
      opened: (fingerprints) => events.opened(peer, lane, fingerprints),
      frame: (bytes) => events.frame(peer, lane, bytes),
      credit: (bytes) => events.credit(peer, lane, bytes),
      route: (route) => events.route(peer, lane, route),
      closed: (reason) => {
        this.#connections.delete(key(peer, lane));
        events.closed(peer, lane, reason);
      },
    };
  }
}

function key(peer: PeerKey, lane: Lane): string {
  return `${peer}/${lane}`;
}
