import type { Bytes } from '@shoal/shared/base/bytes.ts';
import type { IceConfiguration, Route } from '@shoal/shared/host/ports.ts';
import type { Signal } from '@shoal/shared/wire/signal.ts';
import { type Described, LaneChannel, type LaneChannelEvents } from '../engine/laneChannel.ts';
import { Connection } from './connection.ts';

export interface PageLaneEvents extends LaneChannelEvents {
  signal(signal: Signal): void;
  route(route: Route): void;
  path(state: 'gone' | 'there'): void;
}

/** Who would rather have the channel than the page, and then hears all that happens to it. */
export interface LaneTaker {
  /** False when the browser does not let it go. */
  take(channel: RTCDataChannel): boolean;
  describe(described: Described): void;
}

/** One lane as the page holds it: its connection, and its channel unless that has been taken. */
export class PageLane {
  readonly #events: PageLaneEvents;
  readonly #taker: LaneTaker | undefined;
  readonly #connection: Connection;
  #channel: LaneChannel | undefined;

  constructor(
    role: 'initiator' | 'responder',
    ice: IceConfiguration,
    events: PageLaneEvents,
    taker?: LaneTaker,
  ) {
    this.#events = events;
    this.#taker = taker;
    this.#connection = new Connection(role, ice, {
      signal: (signal) => events.signal(signal),
      channel: (channel) => this.#found(channel),
      described: (described) => (this.#channel ?? taker)?.describe(described),
      route: (route) => events.route(route),
      path: (state) => events.path(state),
      closed: (reason) => this.#closed(reason),
    });
  }

  signal(signal: Signal): void {
    this.#connection.signal(signal);
  }

  send(frames: readonly Bytes[]): void {
    this.#channel?.send(frames);
  }

  close(): void {
    this.#channel?.close();
    this.#connection.close();
  }

  /** Ends with a `closed`, unless it has ended before. */
  end(reason: string): void {
    this.#connection.end(reason);
  }

  #found(channel: RTCDataChannel): void {
    if (this.#taker?.take(channel) === true) return;
    this.#channel = new LaneChannel(channel, {
      ...this.#events,
      // Of the connection, which says so once.
      closed: (reason) => this.#connection.end(reason),
    });
  }

  #closed(reason: string): void {
    this.#channel?.close();
    this.#events.closed(reason);
  }
}
