import type { Bytes } from '@shoal/shared/base/bytes.ts';
import type { Fingerprints, IceConfiguration, Lane, PeerKey, Route } from '@shoal/shared/host/ports.ts';
import type { Signal } from '@shoal/shared/wire/signal.ts';
import type { Described } from './laneChannel.ts';

interface Of {
  readonly peer: PeerKey;
  readonly lane: Lane;
}

/** What the worker asks of the page. The buffers of frames are transferred. */
export type TransportCommand = Of &
  (
    | {
        readonly type: 'open';
        readonly role: 'initiator' | 'responder';
        readonly ice: IceConfiguration;
      }
    | { readonly type: 'signal'; readonly signal: Signal }
    /** Only while the page has the channel, as `opened`, `frame` and `credit` below. */
    | { readonly type: 'send'; readonly frames: readonly Bytes[] }
    | { readonly type: 'close' }
  );

/** What the page tells the worker, in batches. The buffers of frames are transferred. */
export type TransportReport = Of &
  (
    | { readonly type: 'signal'; readonly signal: Signal }
    /** Transferred: the lane is the worker's from now on, but not its connection. */
    | { readonly type: 'channel'; readonly channel: RTCDataChannel }
    | { readonly type: 'described'; readonly described: Described }
    | { readonly type: 'opened'; readonly fingerprints: Fingerprints }
    | { readonly type: 'frame'; readonly bytes: Bytes }
    | { readonly type: 'credit'; readonly bytes: number }
    | { readonly type: 'route'; readonly route: Route }
    | { readonly type: 'path'; readonly state: 'gone' | 'there' }
    | { readonly type: 'closed'; readonly reason: string }
    /** The answer to `close`: what came before it is to be ignored. */
    | { readonly type: 'silenced' }
  );

/** Bytes whose whole buffer can be transferred: themselves, or a copy when they share a larger one. */
export function transferable(bytes: Bytes): Bytes {
  return bytes.length === bytes.buffer.byteLength ? bytes : bytes.slice();
}
