import type { Bytes } from '@shoal/shared/base/bytes.ts';
import type {
  IceConfiguration,
  Lane,
  PeerKey,
  Transport,
  TransportEvents,
} from '@shoal/shared/host/ports.ts';
import type { Signal } from '@shoal/shared/wire/signal.ts';
import { type LaneTaker, PageLane, type PageLaneEvents } from './pageLane.ts';

/** Connections by WebRTC, which browsers allow on the page only. */
export class PageTransport implements Transport {
  readonly #events: TransportEvents;
  readonly #takerOf: (peer: PeerKey, lane: Lane) => LaneTaker | undefined;
  readonly #lanes = new Map<string, PageLane>();

  /**
   * Ends all connections when the page is left: the others then learn it at once, not after some 15 s of silence.
   *
   * @param takerOf who would rather have the channel of a lane. What happens to one that has been taken is not reported
   *   here, but the end of its connection is.
   */
  constructor(
    events: TransportEvents,
    takerOf: (peer: PeerKey, lane: Lane) => LaneTaker | undefined = () => undefined,
  ) {
    this.#events = events;
    this.#takerOf = takerOf;
    addEventListener('pagehide', () => {
      for (const lane of [...this.#lanes.values()]) lane.end('this page was left');
    });
  }

  open(peer: PeerKey, lane: Lane, role: 'initiator' | 'responder', ice: IceConfiguration): void {
    this.close(peer, lane);
    const made = new PageLane(role, ice, this.#eventsOf(peer, lane), this.#takerOf(peer, lane));
    this.#lanes.set(key(peer, lane), made);
  }

  signal(peer: PeerKey, lane: Lane, signal: Signal): void {
    this.#lanes.get(key(peer, lane))?.signal(signal);
  }

  send(peer: PeerKey, lane: Lane, frames: readonly Bytes[]): void {
    this.#lanes.get(key(peer, lane))?.send(frames);
  }

  close(peer: PeerKey, lane: Lane): void {
    this.#lanes.get(key(peer, lane))?.close();
    this.#lanes.delete(key(peer, lane));
  }

  #eventsOf(peer: PeerKey, lane: Lane): PageLaneEvents {
    const events = this.#events;
    return {
      signal: (signal) => events.signal(peer, lane, signal),
      opened: (fingerprints) => events.opened(peer, lane, fingerprints),
      frame: (bytes) => events.frame(peer, lane, bytes),
      credit: (bytes) => events.credit(peer, lane, bytes),
      route: (route) => events.route(peer, lane, route),
      path: (state) => events.path(peer, lane, state),
      closed: (reason) => {
        this.#lanes.delete(key(peer, lane));
        events.closed(peer, lane, reason);
      },
    };
  }
}

function key(peer: PeerKey, lane: Lane): string {
  return `${peer}/${lane}`;
}
