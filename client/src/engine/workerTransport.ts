import type { Bytes } from '@shoal/shared/base/bytes.ts';
import type {
  IceConfiguration,
  Lane,
  PeerKey,
  Transport,
  TransportEvents,
} from '@shoal/shared/host/ports.ts';
import type { Signal } from '@shoal/shared/wire/signal.ts';
import { transferable, type TransportCommand, type TransportReport } from './transportMessage.ts';

/** The worker's end of the channel to the page, which holds the connections. */
export class WorkerTransport implements Transport {
  readonly #port: MessagePort;
  readonly #events: TransportEvents;
  /** How many `close` the page has not answered yet, by connection. Until then its reports are stale. */
  readonly #closing = new Map<string, number>();

  constructor(port: MessagePort, events: TransportEvents) {
    this.#port = port;
    this.#events = events;
    port.onmessage = ({ data }: MessageEvent<readonly TransportReport[]>) => {
      for (const report of data) this.#report(report);
    };
  }

  open(peer: PeerKey, lane: Lane, role: 'initiator' | 'responder', ice: IceConfiguration): void {
    this.#post({ type: 'open', peer, lane, role, ice });
  }

  signal(peer: PeerKey, lane: Lane, signal: Signal): void {
    this.#post({ type: 'signal', peer, lane, signal });
  }

  send(peer: PeerKey, lane: Lane, frames: readonly Bytes[]): void {
    const owned = frames.map(transferable);
    this.#post(
      { type: 'send', peer, lane, frames: owned },
      owned.map(({ buffer }) => buffer),
    );
  }

  close(peer: PeerKey, lane: Lane): void {
    const key = `${peer}/${lane}`;
    this.#closing.set(key, (this.#closing.get(key) ?? 0) + 1);
    this.#post({ type: 'close', peer, lane });
  }

  #post(command: TransportCommand, transfer: ArrayBuffer[] = []): void {
    this.#port.postMessage(command, transfer);
  }

  #report(report: TransportReport): void {
    const key = `${report.peer}/${report.lane}`;
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
      case 'signal': {
        this.#events.signal(peer, lane, report.signal);
        return;
      }
      case 'opened': {
        this.#events.opened(peer, lane, report.fingerprints);
        return;
      }
      case 'frame': {
        this.#events.frame(peer, lane, report.bytes);
        return;
      }
      case 'credit': {
        this.#events.credit(peer, lane, report.bytes);
        return;
      }
      case 'route': {
        this.#events.route(peer, lane, report.route);
        return;
      }
      case 'closed': {
        this.#events.closed(peer, lane, report.reason);
        return;
      }
    }
  }
}
