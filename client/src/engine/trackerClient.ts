import { toBase64Url } from '@shoal/shared/base/bytes.ts';
import type { Random } from '@shoal/shared/base/random.ts';
import { SECOND } from '@shoal/shared/base/time.ts';
import type { Announce, AnnounceResult, Tracker, TrackerEvents } from '@shoal/shared/host/ports.ts';
import { systemClock } from '@shoal/shared/platform/systemClock.ts';
import { EVENT } from '@shoal/shared/tracker/event.ts';
import { ANNOUNCE_COST, SIGNAL_COST, TOKEN_BYTES } from '@shoal/shared/tracker/limit.ts';
import {
  type AnnouncePayload,
  parseAnnounceReply,
  parseGoodbye,
  parseHello,
  parseIceUpdate,
  parseSignal,
  type SignalPayload,
} from '@shoal/shared/tracker/payload.ts';
import { io, type Socket } from 'socket.io-client';
import { TrackerOutbox } from './trackerOutbox.ts';

export interface TrackerConnection {
  /** Where the tracker is: `https:`, `http:`, `wss:` or `ws:`, of which only host and port matter. */
  readonly url: string;
  readonly random: Random;
  readonly events: TrackerEvents;
}

interface FromServer {
  hello(payload: unknown): void;
  ice(payload: unknown): void;
  signal(payload: unknown): void;
  refused(payload: unknown): void;
  goodbye(payload: unknown): void;
}

interface ToServer {
  announce(payload: AnnouncePayload, acknowledge: (reply: unknown) => void): void;
  signal(payload: SignalPayload): void;
}

type TrackerSocket = Socket<FromServer, ToServer>;

const PATIENCE = 10 * SECOND;
const FIRST_DELAY = 0.5 * SECOND;
const LONGEST_DELAY = 30 * SECOND;

/**
 * Connects, and connects again with growing, jittered delays whenever the connection is lost, until closed. Announces
 * are `unreachable` and signals are lost from `disconnected` to `connected`. A tracker that speaks another version
 * never counts as connected. What is sent keeps to the tracker's limits, and so may wait a little.
 */
export function connectTracker({ url, random, events }: TrackerConnection): Tracker & { close(): void } {
  const token = toBase64Url(random.bytes(TOKEN_BYTES));
  const socket = openSocket(url);
  const outbox = new TrackerOutbox(systemClock);
  let greeted = false;
  socket.on('connect_error', () => events.disconnected());
  const returning = comeBack(socket, random);

  socket.on(EVENT.hello, (payload) => {
    const parsed = parseHello(payload);
    if (parsed.type === 'malformed' || greeted) return;
    greeted = true;
    events.connected(parsed.value.ice);
  });
  socket.on(EVENT.ice, (payload) => {
    const parsed = parseIceUpdate(payload);
    if (parsed.type === 'parsed') events.ice(parsed.value.ice);
  });
  socket.on(EVENT.signal, (payload) => {
    const parsed = parseSignal(payload);
    if (parsed.type === 'malformed') return;
    const { infoHash, from, to, sealed } = parsed.value;
    events.signalled(infoHash, to, from, sealed);
  });
  socket.on('disconnect', () => {
    if (greeted) events.disconnected();
    greeted = false;
    outbox.clear();
  });

  return {
    announce: (announce) =>
      new Promise((resolve) => {
        const lost = () => resolve({ type: 'unreachable' });
        const send = () => resolve(ask(socket, { ...announce, token }));
        if (greeted) outbox.put({ cost: ANNOUNCE_COST, send, lost });
        else lost();
      }),
    signal(infoHash, from, to, sealed) {
      if (!greeted) return;
      const send = () => void socket.emit(EVENT.signal, { infoHash, from, to, sealed });
      outbox.put({ cost: SIGNAL_COST, send, lost: () => undefined });
    },
    close() {
      returning.callOff();
      socket.off();
      greeted = false;
      outbox.clear();
      socket.disconnect();
    },
  };
}

function openSocket(url: string): TrackerSocket {
  return io(new URL(url).origin, {
    forceNew: true,
    transports: ['websocket'],
    timeout: PATIENCE,
    reconnectionDelay: FIRST_DELAY,
    reconnectionDelayMax: LONGEST_DELAY,
    randomizationFactor: 0.5,
  });
}

async function ask(socket: TrackerSocket, payload: Announce & { token: string }): Promise<AnnounceResult> {
  try {
    const parsed = parseAnnounceReply(await socket.timeout(PATIENCE).emitWithAck(EVENT.announce, payload));
    if (parsed.type === 'parsed') return parsed.value;
    return { type: 'refused', reason: `the tracker's answer is malformed: ${parsed.reason}` };
  } catch {
    return { type: 'unreachable' };
  }
}

/**
 * The socket comes back by itself from a lost connection, but not when the server ends it in an orderly way. Whoever is
 * refused comes back later than usual. A server that says goodbye names the time over which its clients are to spread
 * their return.
 */
function comeBack(socket: TrackerSocket, random: Random): { callOff(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const comeBackWithin = (spread: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => socket.connect(), FIRST_DELAY + random.next() * spread);
  };
  socket.on(EVENT.goodbye, (payload) => {
    const parsed = parseGoodbye(payload);
    if (parsed.type === 'malformed') return;
    socket.disconnect();
    comeBackWithin(parsed.value.within);
  });
  socket.on(EVENT.refused, () => {
    socket.disconnect();
    comeBackWithin(LONGEST_DELAY);
  });
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') comeBackWithin(LONGEST_DELAY);
  });
  return { callOff: () => clearTimeout(timer) };
}
