import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { KernelDrops } from './kernelDrops.ts';
import { type LineSettings, queueOf } from './line.ts';
import { Pipe, type PipeSettings } from './pipe.ts';
import { seededRandom } from './random.ts';

/** Packets since the relay began. */
export interface Counts {
  /** Those that came through, and the bytes that they carried. */
  readonly passed: number;
  readonly passedBytes: number;
  /** At random, as a line's loss has it. */
  readonly lost: number;
  /** For want of room in the queue of a line. */
  readonly full: number;
  /** On a blocked line, or from an address that its page no longer has. */
  readonly blocked: number;
  /** By the kernel, which is to say by a machine too slow: of what the relay was sent, and of what pages were. */
  readonly kernelAtRelay: number;
  readonly kernelAtPages: number;
}

/** The socket that stands for a page's own: what is sent to it reaches the page, and it sends what the page sent. */
interface Stand {
  readonly line: Line;
  readonly socket: Socket;
  /** The page's own. */
  readonly address: string;
  readonly port: number;
  /** Until the page has another address. */
  valid: boolean;
}

interface Packet {
  readonly from: Stand;
  readonly to: Stand;
  readonly data: Buffer;
}

interface Line {
  settings: LineSettings;
  readonly up: Pipe<Packet>;
  readonly down: Pipe<Packet>;
}

/** Large, so that the kernel does not drop what the relay should: it gives less where less is allowed. */
const BUFFER_BYTES = 4 * 1024 * 1024;

/** Timers know whole milliseconds only: on the average, what may leave by so much too early is on time. */
const EARLY_MS = 0.75;

/** Passes packets on between pages, each of which sees another only as one of the relay's own sockets. */
export class Relay {
  readonly #random: () => number;
  readonly #lines = new Map<number, Line>();
  /** By the page's own port. */
  readonly #stands = new Map<number, Stand>();
  readonly #kernelAtRelay = new KernelDrops();
  readonly #kernelAtPages = new KernelDrops();
  readonly #counts = { passed: 0, passedBytes: 0, lost: 0, full: 0, blocked: 0 };
  #timer: NodeJS.Timeout | undefined;
  #timerDue = Infinity;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** Makes a line, or changes it while packets are on it. */
  setLine(id: number, settings: LineSettings): void {
    const line = this.#lines.get(id);
    if (line === undefined) {
      const [up, down] = [upOf(settings), downOf(settings)];
      const random = this.#random;
      this.#lines.set(id, { settings, up: new Pipe(up, random), down: new Pipe(down, random) });
    } else {
      line.settings = settings;
      line.up.change(upOf(settings));
      line.down.change(downOf(settings));
    }
  }

  /** Resolves with the port, at the same address, at which others reach this socket of a page. */
  async standFor(lineId: number, address: string, port: number): Promise<number> {
    const line = this.#lines.get(lineId);
    if (line === undefined) throw new RangeError(`line: expected one that was made, received ${lineId}`);
    this.#stands.get(port)?.socket.close();
    const options = { type: 'udp4', recvBufferSize: BUFFER_BYTES, sendBufferSize: BUFFER_BYTES } as const;
    const socket = createSocket(options);
    socket.bind(0, address);
    await once(socket, 'listening');
    const stand = { line, socket, address, port, valid: true };
    this.#stands.set(port, stand);
    socket.on('message', (data, from) => this.#received(stand, from.port, data));
    return socket.address().port;
  }

  /** Nothing comes through any more from or to the addresses that the pages of a line have now. */
  forget(lineId: number): void {
    for (const stand of this.#stands.values())
      if (stand.line === this.#lines.get(lineId)) stand.valid = false;
  }

  async counts(): Promise<Counts> {
    const own = [...this.#stands.values()].map(({ socket }) => socket.address().port);
    const [kernelAtRelay, kernelAtPages] = await Promise.all([
      this.#kernelAtRelay.count(new Set(own)),
      this.#kernelAtPages.count(new Set(this.#stands.keys())),
    ]);
    return { ...this.#counts, kernelAtRelay, kernelAtPages };
  }

  #received(to: Stand, fromPort: number, data: Buffer): void {
    const from = this.#stands.get(fromPort);
    if (from === undefined) this.#counts.blocked++;
    else this.#enter(from.line.up, { from, to, data });
    this.#move();
  }

  #enter(pipe: Pipe<Packet>, packet: Packet): void {
    if (!isOpen(packet.from) || !isOpen(packet.to)) {
      this.#counts.blocked++;
      return;
    }
    const entry = pipe.enter(performance.now(), packet.data.length, packet);
    if (entry !== 'taken') this.#counts[entry]++;
  }

  /** Everybody who is due goes on. */
  #move(): void {
    const now = performance.now() + EARLY_MS;
    for (const { up } of this.#lines.values())
      for (const packet of leaving(up, now)) this.#enter(packet.to.line.down, packet);
    for (const { down } of this.#lines.values())
      for (const packet of leaving(down, now)) this.#deliver(packet);
    this.#wakeAt(
      Math.min(...[...this.#lines.values()].map(({ up, down }) => Math.min(up.nextDue, down.nextDue))),
    );
  }

  #wakeAt(due: number): void {
    if (due >= this.#timerDue) return;
    clearTimeout(this.#timer);
    this.#timerDue = due;
    const wake = () => {
      this.#timerDue = Infinity;
      this.#move();
    };
    this.#timer = setTimeout(wake, due - performance.now() - EARLY_MS);
  }

  #deliver({ from, to, data }: Packet): void {
    if (!isOpen(from) || !isOpen(to)) {
      this.#counts.blocked++;
      return;
    }
    this.#counts.passed++;
    this.#counts.passedBytes += data.length;
    from.socket.send(data, to.port, to.address);
  }
}

function isOpen({ valid, line }: Stand): boolean {
  return valid && line.settings.blocked !== true;
}

function* leaving(pipe: Pipe<Packet>, now: number): Generator<Packet> {
  for (let packet = pipe.leave(now); packet !== undefined; packet = pipe.leave(now)) yield packet;
}

function upOf(settings: LineSettings): PipeSettings {
  return pipeOf(settings, settings.up);
}

function downOf(settings: LineSettings): PipeSettings {
  return pipeOf(settings, settings.down);
}

function pipeOf({ roundTrip = 0, loss = 0 }: LineSettings, rate: number | undefined): PipeSettings {
  const limit =
    rate === undefined ? undefined : { bytesPerSecond: rate, queueBytes: queueOf(rate, roundTrip) };
  return { limit, delay: roundTrip / 2, loss };
}
