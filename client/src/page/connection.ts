import type { Bytes } from '@shoal/shared/base/bytes.ts';
import type { Fingerprints, IceConfiguration, IceServer } from '@shoal/shared/host/ports.ts';
import { checkDescription } from '@shoal/shared/wire/description.ts';
import type { Signal } from '@shoal/shared/wire/signal.ts';
import SimplePeer from 'simple-peer';
import { observedRtc } from './rtc.ts';
import { routeOf } from './route.ts';
import { SEND_WINDOW, SendPacer } from './sendPacer.ts';

export interface ConnectionEvents {
  signal(signal: Signal): void;
  opened(fingerprints: Fingerprints): void;
  frame(bytes: Bytes): void;
  credit(bytes: number): void;
  route(route: 'direct' | 'relayed'): void;
  closed(reason: string): void;
}

/** What SCTP carries when nothing else is agreed (RFC 8841, section 6). */
const USUAL_MESSAGE_SIZE = 64 * 1024;

/** The other side names a limit for what we send; below this, keeping to it would be mere work. */
const LEAST_MESSAGE_SIZE = 16 * 1024;

/** A browser has a handful of addresses; more than this is somebody making us work. */
const MOST_CANDIDATES = 64;

/** What may arrive before `opened`: the other side's first credit, and what each message costs us beside its bytes. */
const EARLY_LIMIT = 2 * SEND_WINDOW;
const MESSAGE_COST = 256;

/** One connection to another browser. Ends once: by `close`, silently, or with one `closed` and nothing after it. */
export class Connection {
  readonly #role: 'initiator' | 'responder';
  readonly #events: ConnectionEvents;
  readonly #peer: SimplePeer.Instance;
  #rtc: RTCPeerConnection | undefined;
  #channel: RTCDataChannel | undefined;
  #pacer: SendPacer | undefined;
  #messageSize = USUAL_MESSAGE_SIZE;
  readonly #early: ArrayBuffer[] = [];
  #earlyCost = 0;
  #described = false;
  #candidates = 0;
  #ended = false;

  constructor(role: 'initiator' | 'responder', ice: IceConfiguration, events: ConnectionEvents) {
    this.#role = role;
    this.#events = events;
    this.#peer = new SimplePeer({
      initiator: role === 'initiator',
      config: { iceServers: ice.servers.map(toRtcIceServer), iceTransportPolicy: ice.policy },
      wrtc: observedRtc({
        connection: (rtc) => {
          this.#rtc = rtc;
          rtc.addEventListener('signalingstatechange', () => this.#open());
        },
        channelMade: (channel) => this.#watch(channel),
        channelReceived: (channel) => this.#received(channel),
      }),
    });
    this.#peer.on('signal', (data) => this.#signalled(data));
    this.#peer.on('error', (error) => this.end(error.message));
    this.#peer.on('close', () => this.end('closed by the other side'));
  }

  signal(signal: Signal): void {
    if (this.#ended) return;
    if (signal.type === 'candidate') this.#addCandidate(signal);
    else this.#describe(signal);
  }

  send(frames: readonly Bytes[]): void {
    const pacer = this.#pacer;
    if (pacer === undefined || this.#ended) return;
    try {
      for (const frame of frames) this.#sendFrame(frame);
    } catch (error) {
      this.end(error instanceof Error ? error.message : 'sending failed');
      return;
    }
    // After the last frame: credit may lead straight to the next call.
    pacer.sent(frames.reduce((sum, { length }) => sum + length, 0));
  }

  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#peer.destroy();
  }

  /** Ends with a `closed`, unless it has ended before. */
  end(reason: string): void {
    if (this.#ended) return;
    this.close();
    this.#events.closed(reason);
  }

  /** One description each way and no renegotiation, so that the fingerprints stay what they were. */
  #describe({ type, sdp }: Extract<Signal, { sdp: string }>): void {
    if (this.#described || (type === 'answer') !== (this.#role === 'initiator')) return;
    this.#described = true;
    const check = checkDescription(sdp);
    if (check.type === 'refused') this.end(`${type}: ${check.reason}`);
    else this.#peer.signal({ type, sdp });
  }

  #addCandidate({ candidate, mid, line }: Extract<Signal, { type: 'candidate' }>): void {
    if (++this.#candidates > MOST_CANDIDATES || (mid === null && line === null)) return;
    const init = { candidate, sdpMid: mid, sdpMLineIndex: line };
    this.#peer.signal({ type: 'candidate', candidate: new RTCIceCandidate(init) });
  }

  /** simple-peer's own `renegotiate` and `transceiverRequest` stay here. */
  #signalled(data: SimplePeer.SignalData): void {
    if (this.#ended) return;
    if (data.type === 'candidate') {
      const { candidate, sdpMid, sdpMLineIndex } = data.candidate;
      this.#events.signal({ type: 'candidate', candidate, mid: sdpMid, line: sdpMLineIndex });
    } else if ((data.type === 'offer' || data.type === 'answer') && data.sdp !== undefined) {
      this.#events.signal({ type: data.type, sdp: data.sdp });
    }
  }

  /** simple-peer would take any later channel for the only one. */
  #received(channel: RTCDataChannel): void {
    if (this.#channel === undefined) this.#watch(channel);
    else this.end('expected one channel, received another');
  }

  /** The channel's own event: simple-peer's `connect` waits for statistics, on timers. */
  #watch(channel: RTCDataChannel): void {
    this.#channel = channel;
    channel.addEventListener('open', () => {
      // In place of simple-peer's handler, which would put each message through a stream.
      channel.onmessage = (event: MessageEvent<unknown>) => this.#message(event.data);
      this.#open();
    });
  }

  /** The channel may open before the page is told that the answer has been applied (seen in Chromium). */
  #open(): void {
    const channel = this.#channel;
    const described = (this.#rtc?.currentRemoteDescription ?? null) !== null;
    if (this.#ended || this.#pacer !== undefined || channel?.readyState !== 'open' || !described) return;
    const fingerprints = this.#fingerprints();
    this.#messageSize = this.#rtc?.sctp?.maxMessageSize ?? USUAL_MESSAGE_SIZE;
    if (fingerprints === undefined) this.end('fingerprints: expected exactly one each way');
    else if (this.#messageSize < LEAST_MESSAGE_SIZE)
      this.end(`message size: expected at least ${LEAST_MESSAGE_SIZE}, received ${this.#messageSize}`);
    else this.#begin(channel, fingerprints);
  }

  #begin(channel: RTCDataChannel, fingerprints: Fingerprints): void {
    this.#events.opened(fingerprints);
    this.#startSending(channel);
    for (const data of this.#early.splice(0)) this.#message(data);
    void this.#tellRoute();
  }

  #startSending(channel: RTCDataChannel): void {
    const pacer = new SendPacer(channel, (bytes) => {
      if (!this.#ended) this.#events.credit(bytes);
    });
    channel.addEventListener('bufferedamountlow', () => pacer.settle());
    this.#pacer = pacer;
    pacer.start();
  }

  /** Of the descriptions as the browser applied them. */
  #fingerprints(): Fingerprints | undefined {
    const local = checkDescription(this.#rtc?.localDescription?.sdp ?? '');
    const remote = checkDescription(this.#rtc?.currentRemoteDescription?.sdp ?? '');
    if (local.type === 'refused' || remote.type === 'refused') return undefined;
    return { local: local.fingerprint, remote: remote.fingerprint };
  }

  #message(data: unknown): void {
    if (this.#ended) return;
    if (!(data instanceof ArrayBuffer)) this.end('expected bytes, received text');
    else if (this.#pacer === undefined) this.#keepEarly(data);
    else this.#events.frame(new Uint8Array(data));
  }

  #keepEarly(data: ArrayBuffer): void {
    this.#early.push(data);
    this.#earlyCost += data.byteLength + MESSAGE_COST;
    if (this.#earlyCost > EARLY_LIMIT) this.end('expected no more than the first credit before opening');
  }

  /** In as many messages as it takes: a lane is a stream of bytes. */
  #sendFrame(frame: Bytes): void {
    for (let start = 0; start < frame.length; start += this.#messageSize)
      this.#peer.send(frame.subarray(start, start + this.#messageSize));
  }

  async #tellRoute(): Promise<void> {
    const report = await this.#rtc?.getStats().catch(() => undefined);
    const route = report === undefined ? undefined : routeOf(report);
    if (route !== undefined && !this.#ended) this.#events.route(route);
  }
}

function toRtcIceServer({ urls, ...rest }: IceServer): RTCIceServer {
  return { urls: typeof urls === 'string' ? urls : [...urls], ...rest };
}
