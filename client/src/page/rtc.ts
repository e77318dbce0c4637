import type SimplePeer from 'simple-peer';

type Rtc = NonNullable<SimplePeer.Options['wrtc']>;

/** What simple-peer makes and keeps to itself. */
export interface RtcObserver {
  connection(connection: RTCPeerConnection): void;
  /** Ours, when initiating. */
  channelMade(channel: RTCDataChannel): void;
  /** The other side's; told before simple-peer is. */
  channelReceived(channel: RTCDataChannel): void;
}

/** WebRTC to hand to simple-peer as its `wrtc` option, which shows the objects that it makes. */
export function observedRtc(observer: RtcObserver): Rtc {
  class ObservedConnection extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('datachannel', ({ channel }) => observer.channelReceived(channel));
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
