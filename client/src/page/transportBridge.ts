import type { Lane, PeerKey, Transport, TransportEvents } from '@shoal/shared/host/ports.ts';
import { transferable, type TransportCommand, type TransportReport } from '../engine/transportMessage.ts';
import type { LaneTaker } from './pageLane.ts';

/**
 * Lets the worker at the other end of `port` use a transport that lives on the page. Channels go to the worker
 * themselves, where the browser lets them: then the page has no part in what they carry.
 */
export function bridgeTransport(
  port: MessagePort,
  makeTransport: (
    events: TransportEvents,
    takerOf: (peer: PeerKey, lane: Lane) => LaneTaker | undefined,
  ) => Transport,
): void {
  const outbox = new Outbox(port);
  const transport = makeTransport(reporting(outbox), (peer, lane) => ({
    take: (channel) => outbox.handOver({ type: 'channel', peer, lane, channel }),
    describe: (described) => outbox.add({ type: 'described', peer, lane, described }),
  }));
  port.onmessage = ({ data }: MessageEvent<TransportCommand>) => {
    perform(data, transport);
    if (data.type === 'close') outbox.add({ type: 'silenced', peer: data.peer, lane: data.lane });
  };
}

function perform(command: TransportCommand, transport: Transport): void {
  const { peer, lane } = command;
  switch (command.type) {
    case 'open':
      transport.open(peer, lane, command.role, command.ice);
      break;
    case 'signal':
      transport.signal(peer, lane, command.signal);
      break;
    case 'send':
      transport.send(peer, lane, command.frames);
      break;
    case 'close':
      transport.close(peer, lane);
      break;
  }
}

function reporting(outbox: Outbox): TransportEvents {
  return {
    signal: (peer, lane, signal) => outbox.add({ type: 'signal', peer, lane, signal }),
    opened: (peer, lane, fingerprints) => outbox.add({ type: 'opened', peer, lane, fingerprints }),
    frame: (peer, lane, bytes) => outbox.add({ type: 'frame', peer, lane, bytes: transferable(bytes) }),
    credit: (peer, lane, bytes) => outbox.add({ type: 'credit', peer, lane, bytes }),
    route: (peer, lane, route) => outbox.add({ type: 'route', peer, lane, route }),
    path: (peer, lane, state) => outbox.add({ type: 'path', peer, lane, state }),
    closed: (peer, lane, reason) => outbox.add({ type: 'closed', peer, lane, reason }),
  };
}

/** Reports of one task leave together. */
class Outbox {
  readonly #port: MessagePort;
  #reports: TransportReport[] = [];

  constructor(port: MessagePort) {
    this.#port = port;
  }

  add(report: TransportReport): void {
    if (this.#reports.length === 0) queueMicrotask(() => this.#flush());
    this.#reports.push(report);
  }

  /** False where the browser can't do that: the channel is then as it was. */
  handOver(report: TransportReport & { type: 'channel' }): boolean {
    this.#flush();
    try {
      this.#port.postMessage([report], [report.channel]);
      return true;
    } catch {
      return false;
    }
  }

  #flush(): void {
    if (this.#reports.length === 0) return;
    const reports = this.#reports;
    this.#reports = [];
    const buffers = reports.flatMap((report) => (report.type === 'frame' ? [report.bytes.buffer] : []));
    this.#port.postMessage(reports, buffers);
  }
}
