import type { Bytes } from '@shoal/shared/base/bytes.ts';
import type {
  IceConfiguration,
  Lane,
  PeerKey,
  Transport,
  TransportEvents,
} from '@shoal/shared/host/ports.ts';
import type { Signal } from '@shoal/shared/wire/signal.ts';
import { LaneChannel } from './laneChannel.ts';
import { transferable, type TransportCommand, type TransportReport } from './transportMessage.ts';

/** The worker's end of the way to the page, which holds the connections, and their channels where these can't leave it. */
export class WorkerTransport implements Transport {
  readonly #port: MessagePort;
  readonly #events: TransportEvents;
  /** Those that have come here. */
  readonly #channels = new Map<string, LaneChannel>();
  /** How many `close` the page has not answered yet, by lane. Until then its reports are stale. */
  readonly #closing = new Map<string, number>();

  constructor(port: MessagePort, events: TransportEvents) {
    this.#port = port;
    this.#events = events;
    port.onmessage = ({ data }: MessageEvent<readonly TransportReport[]>) => {
      for (const report of data) this.#report(report);
    };
  }

  open(peer: PeerKey, lane: Lane, role: 'initiator' | 'responder', ice: IceConfiguration): void {
    this.#forget(peer, lane);
    this.#post({ type: 'open', peer, lane, role, ice });
  }

  signal(peer: PeerKey, lane: Lane, signal: Signal): void {
    this.#post({ type: 'signal', peer, lane, signal });
  }

  send(peer: PeerKey, lane: Lane, frames: readonly Bytes[]): void {
    const channel = this.#channels.get(keyOf(peer, lane));
    if (channel === undefined) this.#sendByPage(peer, lane, frames);
    else channel.send(frames);
  }

  close(peer: PeerKey, lane: Lane): void {
    const key = keyOf(peer, lane);
    this.#forget(peer, lane);
    this.#closing.set(key, (this.#closing.get(key) ?? 0) + 1);
    this.#post({ type: 'close', peer, lane });
  }

  #sendByPage(peer: PeerKey, lane: Lane, frames: readonly Bytes[]): void {
    const owned = frames.map(transferable);
    this.#post(
      { type: 'send', peer, lane, frames: owned },
      owned.map(({ buffer }) => buffer),
    );
  }

  #post(command: TransportCommand, transfer: ArrayBuffer[] = []): void {
    this.#port.postMessage(command, transfer);
  }

  #forget(peer: PeerKey, lane: Lane): void {
    const key = keyOf(peer, lane);
    this.#channels.get(key)?.close();
    this.#channels.delete(key);
  }

  #report(report: TransportReport): void {
    const key = keyOf(report.peer, report.lane);
    const closing = this.#closing.get(key) ?? 0;
    if (report.type === 'silenced') {
      if (closing > 1) this.#closing.set(key, closing - 1);
      else this.#closing.delete(key);
    } else if (closing === 0) {
      this.#dispatch(report);
    }
  }

  #dispatch(report: Exclude<TransportReport, { type: 'silenced' }>): void {
    const { peer, lane } = report;
    switch (report.type) {
      case 'signal':
        return this.#events.signal(peer, lane, report.signal);
      case 'channel':
        return this.#take(peer, lane, report.channel);
      case 'described':
        return this.#channels.get(keyOf(peer, lane))?.describe(report.described);
      case 'opened':
        return this.#events.opened(peer, lane, report.fingerprints);
      case 'frame':
        return this.#events.frame(peer, lane, report.bytes);
      case 'credit':
        return this.#events.credit(peer, lane, report.bytes);
      case 'route':
        return this.#events.route(peer, lane, report.route);
      case 'path':
        return this.#events.path(peer, lane, report.state);
      case 'closed':
        this.#forget(peer, lane);
        return this.#events.closed(peer, lane, report.reason);
    }
  }

  #take(peer: PeerKey, lane: Lane, channel: RTCDataChannel): void {
    const events = this.#events;
    const made = new LaneChannel(channel, {
      opened: (fingerprints) => events.opened(peer, lane, fingerprints),
      frame: (bytes) => events.frame(peer, lane, bytes),
      credit: (bytes) => events.credit(peer, lane, bytes),
      closed: (reason) => {
        this.close(peer, lane);
        events.closed(peer, lane, reason);
      },
    });
    this.#channels.set(keyOf(peer, lane), made);
  }
}

function keyOf(peer: PeerKey, lane: Lane): string {
  return `${peer}/${lane}`;
}
