import { toBase64Url } from '@shoal/shared/base/bytes.ts';
import type { Random } from '@shoal/shared/base/random.ts';
import { SECOND } from '@shoal/shared/base/time.ts';
import type { Announce, AnnounceResult, TrackerConnection, TrackerEvents } from '@shoal/shared/host/ports.ts';
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
import { TrackerReturn } from './trackerReturn.ts';

export interface TrackerPlace {
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

/**
 * Connects, and connects again with growing, jittered delays whenever the connection is lost, until closed. Announces
 * are `unreachable` and signals are lost from `disconnected` to `connected`. A tracker that speaks another version
 * never counts as connected. What is sent keeps to the tracker's limits, and so may wait a little.
 */
export function connectTracker({ url, random, events }: TrackerPlace): TrackerConnection {
  const token = toBase64Url(random.bytes(TOKEN_BYTES));
  const socket = openSocket(url);
  const outbox = new TrackerOutbox(systemClock);
  const returning = new TrackerReturn(random, () => socket.connect());
  let greeted = false;
  let closed = false;
  let silence: ReturnType<typeof setTimeout> | undefined;
  const lost = (retryIn: number) => {
    clearTimeout(silence);
    if (greeted) events.disconnected(retryIn);
    greeted = false;
    outbox.clear();
  };
  const leave = (retryIn: number) => {
    lost(retryIn);
    socket.disconnect();
  };

  const failed = () => {
    clearTimeout(silence);
    events.disconnected(returning.afterFailure());
  };

  // Not every socket that opens is a tracker's, or leads to one that is well.
  socket.io.on('open', () => {
    silence = setTimeout(() => {
      socket.disconnect();
      failed();
    }, PATIENCE);
  });
  socket.on(EVENT.hello, (payload) => {
    const parsed = parseHello(payload);
    if (parsed.type === 'malformed' || greeted) return;
    clearTimeout(silence);
    greeted = true;
    returning.succeeded();
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
  socket.on(EVENT.goodbye, (payload) => {
    const parsed = parseGoodbye(payload);
    if (parsed.type === 'parsed') leave(returning.within(parsed.value.within));
  });
  socket.on(EVENT.refused, () => leave(returning.within()));
  socket.on('connect_error', failed);
  socket.on('disconnect', (reason) => {
    // By ourselves: then it is known when to come back.
    if (reason === 'io client disconnect') return;
    lost(reason === 'io server disconnect' ? returning.within() : returning.afterFailure());
  });

  return {
    announce: (announce) =>
      new Promise((resolve) => {
        const lost = () => resolve({ type: 'unreachable' });
        const send = () => resolve(ask(socket, payloadOf(announce, token)));
        if (greeted) outbox.put({ cost: ANNOUNCE_COST, send, lost });
        else lost();
      }),
    signal(infoHash, from, to, sealed) {
      if (!greeted) return;
      const send = () => void socket.emit(EVENT.signal, { infoHash, from, to, sealed });
      outbox.put({ cost: SIGNAL_COST, send, lost: () => undefined });
    },
    reconnect() {
      if (closed || returning.unwanted) return;
      returning.callOff();
      leave(0);
      socket.connect();
    },
    close() {
      closed = true;
      returning.callOff();
      clearTimeout(silence);
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
    // It would not say when.
    reconnection: false,
  });
}

/** The other trackers are no business of this one. */
function payloadOf(announce: Announce, token: string): AnnouncePayload {
  const { infoHash, peerId, event, seeder, check, wanted } = announce;
  return { infoHash, peerId, token, event, seeder, check, wanted };
}

async function ask(socket: TrackerSocket, payload: AnnouncePayload): Promise<AnnounceResult> {
  try {
    const parsed = parseAnnounceReply(await socket.timeout(PATIENCE).emitWithAck(EVENT.announce, payload));
    if (parsed.type === 'parsed') return parsed.value;
    return { type: 'refused', reason: `the tracker's answer is malformed: ${parsed.reason}` };
  } catch {
    return { type: 'unreachable' };
  }
}
