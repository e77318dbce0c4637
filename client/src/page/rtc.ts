import type SimplePeer from 'simple-peer';

type Rtc = NonNullable<SimplePeer.Options['wrtc']>;

/** What simple-peer makes and keeps to itself. */
export interface RtcObserver {
  connection(connection: RTCPeerConnection): void;
  /** Told before simple-peer has it. */
  channelMade(channel: RTCDataChannel): void;
  /** The other side has opened one more. */
  channelReceived(): void;
}

/** WebRTC to hand to simple-peer as its `wrtc` option, which shows the objects that it makes. */
export function observedRtc(observer: RtcObserver): Rtc {
  class ObservedConnection extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('datachannel', () => observer.channelReceived());
      observer.connection(this);
    }

    override createDataChannel(label: string, init?: RTCDataChannelInit): RTCDataChannel {
      const channel = super.createDataChannel(label, init);
      observer.channelMade(channel);
      return channel;
    }
  }
  return { RTCPeerConnection: ObservedConnection, RTCSessionDescription, RTCIceCandidate };
}
