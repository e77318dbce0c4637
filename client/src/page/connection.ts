import type { Fingerprints, IceConfiguration, IceServer, Route } from '@shoal/shared/host/ports.ts';
import { checkDescription } from '@shoal/shared/wire/description.ts';
import type { Signal } from '@shoal/shared/wire/signal.ts';
import SimplePeer from 'simple-peer';
import type { Described } from '../engine/laneChannel.ts';
import { observedRtc } from './rtc.ts';
import { routeOf } from './route.ts';

export interface ConnectionEvents {
  signal(signal: Signal): void;
  /** The connection's one channel has been made: only now may it be transferred. */
  channel(channel: RTCDataChannel): void;
  /** Once, when both descriptions have been applied. */
  described(described: Described): void;
  route(route: Route): void;
  path(state: 'gone' | 'there'): void;
  closed(reason: string): void;
}

/** What SCTP carries when nothing else is agreed (RFC 8841, section 6). */
const USUAL_MESSAGE_SIZE = 64 * 1024;

/**
 * Both ends make the channel. One that is received may bring messages with it, which are lost when it is transferred
 * (seen in Chromium).
 */
const CHANNEL: RTCDataChannelInit = { negotiated: true, id: 0 };

/** The other side names a limit for what we send; below this, keeping to it would be mere work. */
const LEAST_MESSAGE_SIZE = 16 * 1024;

/** A browser has a handful of addresses; more than this is somebody making us work. */
const MOST_CANDIDATES = 64;

/**
 * How one connection to another browser comes about, and its end; its channel is in other hands. Ends once: by
 * `close`, silently, or with one `closed` and nothing after it.
 */
export class Connection {
  readonly #role: 'initiator' | 'responder';
  readonly #events: ConnectionEvents;
  readonly #peer: SimplePeer.Instance;
  #rtc: RTCPeerConnection | undefined;
  #heard = false;
  #described = false;
  readonly #patient: boolean;
  #candidates = 0;
  #ended = false;

  constructor(role: 'initiator' | 'responder', ice: IceConfiguration, events: ConnectionEvents) {
    this.#role = role;
    this.#events = events;
    this.#patient = ice.patient === true;
    this.#peer = new SimplePeer({
      initiator: role === 'initiator',
      channelConfig: CHANNEL,
      config: { iceServers: ice.servers.map(toRtcIceServer), iceTransportPolicy: ice.policy },
      wrtc: observedRtc({
        connection: (rtc) => this.#watch(rtc),
        channelMade: (channel) => events.channel(channel),
        channelReceived: () => this.end('expected one channel, received another'),
      }),
    });
    this.#peer.on('signal', (data) => this.#signalled(data));
    this.#peer.on('error', (error) => this.end(error.message));
    this.#peer.on('close', () => this.end('closed by the other side'));
  }

  signal(signal: Signal): void {
    if (this.#ended) return;
    if (signal.type === 'candidate') this.#addCandidate(signal);
    else this.#hear(signal);
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
  #hear({ type, sdp }: Extract<Signal, { sdp: string }>): void {
    if (this.#heard || (type === 'answer') !== (this.#role === 'initiator')) return;
    this.#heard = true;
    const check = checkDescription(sdp);
    if (check.type === 'refused') this.end(`${type}: ${check.reason}`);
    else this.#peer.signal({ type, sdp });
  }

  #addCandidate({ candidate, mid, line }: Extract<Signal, { type: 'candidate' }>): void {
    if ((++this.#candidates > MOST_CANDIDATES && !this.#patient) || (mid === null && line === null)) return;
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

  #watch(rtc: RTCPeerConnection): void {
    this.#rtc = rtc;
    rtc.addEventListener('signalingstatechange', () => this.#describe());
    rtc.addEventListener('iceconnectionstatechange', () => this.#tellPath(rtc.iceConnectionState));
    let patient = this.#patient;
    const changed = (event: Event) => {
      if (event.type === 'connectionstatechange' && rtc.connectionState === 'connected') {
        patient = false;
        void this.#tellRoute(rtc);
      }
      // Not to simple-peer, which would end it: told more addresses, the browser tries again.
      if (patient) event.stopImmediatePropagation();
    };
    rtc.addEventListener('connectionstatechange', changed);
    rtc.addEventListener('iceconnectionstatechange', changed);
  }

  #describe(): void {
    const described = (this.#rtc?.currentRemoteDescription ?? null) !== null;
    if (this.#ended || this.#described || !described) return;
    this.#described = true;
    const fingerprints = this.#fingerprints();
    const messageSize = this.#rtc?.sctp?.maxMessageSize ?? USUAL_MESSAGE_SIZE;
    if (fingerprints === undefined) this.end('fingerprints: expected exactly one each way');
    else if (messageSize < LEAST_MESSAGE_SIZE)
      this.end(`message size: expected at least ${LEAST_MESSAGE_SIZE}, received ${messageSize}`);
    else this.#events.described({ fingerprints, messageSize });
  }

  /** Of the descriptions as the browser applied them. */
  #fingerprints(): Fingerprints | undefined {
    const local = checkDescription(this.#rtc?.localDescription?.sdp ?? '');
    const remote = checkDescription(this.#rtc?.currentRemoteDescription?.sdp ?? '');
    if (local.type === 'refused' || remote.type === 'refused') return undefined;
    return { local: local.fingerprint, remote: remote.fingerprint };
  }

  /** What has `failed` ends: simple-peer sees to that. */
  #tellPath(state: RTCIceConnectionState): void {
    if (this.#ended) return;
    if (state === 'disconnected') this.#events.path('gone');
    else if (state === 'connected') this.#events.path('there');
  }

  async #tellRoute(rtc: RTCPeerConnection): Promise<void> {
    const report = await rtc.getStats().catch(() => undefined);
    const route = report && routeOf(report);
    if (route !== undefined && !this.#ended) this.#events.route(route);
  }
}

function toRtcIceServer({ urls, ...rest }: IceServer): RTCIceServer {
  return { urls: typeof urls === 'string' ? urls : [...urls], ...rest };
}
