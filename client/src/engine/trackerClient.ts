import { toBase64Url } from '@shoal/shared/base/bytes.ts';
import type { Random } from '@shoal/shared/base/random.ts';
import { SECOND } from '@shoal/shared/base/time.ts';
import type { Announce, AnnounceResult, Tracker, TrackerEvents } from '@shoal/shared/host/ports.ts';
import { EVENT } from '@shoal/shared/tracker/event.ts';
import { TOKEN_BYTES } from '@shoal/shared/tracker/limit.ts';
import {
  type AnnouncePayload,
  parseAnnounceReply,
  parseGoodbye,
  parseHello,
  parseSignal,
  type SignalPayload,
} from '@shoal/shared/tracker/payload.ts';
import { io, type Socket } from 'socket.io-client';

export interface TrackerConnection {
  /** Where the tracker is: `https:`, `http:`, `wss:` or `ws:`, of which only host and port matter. */
  readonly url: string;
  readonly random: Random;
  readonly events: TrackerEvents;
}

interface FromServer {
  hello(payload: unknown): void;
  signal(payload: unknown): void;
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
 * never counts as connected.
 */
export function connectTracker({ url, random, events }: TrackerConnection): Tracker & { close(): void } {
  const token = toBase64Url(random.bytes(TOKEN_BYTES));
  const socket = openSocket(url);
  let greeted = false;
  socket.on('connect_error', () => events.disconnected());
  const returning = comeBack(socket, random);

  socket.on(EVENT.hello, (payload) => {
    const parsed = parseHello(payload);
    if (parsed.type === 'malformed' || greeted) return;
    greeted = true;
    events.connected(parsed.value.ice);
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
  });

  return {
    announce: async (announce) => (greeted ? ask(socket, { ...announce, token }) : { type: 'unreachable' }),
    signal(infoHash, from, to, sealed) {
      if (greeted) socket.emit(EVENT.signal, { infoHash, from, to, sealed });
    },
    close() {
      returning.callOff();
      socket.off();
      greeted = false;
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
 * The socket comes back by itself from a lost connection, but not when the server ends it in an orderly way. A server
 * that says goodbye names the time over which its clients are to spread their return.
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
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') comeBackWithin(LONGEST_DELAY);
  });
  return { callOff: () => clearTimeout(timer) };
}
