import type { Bytes } from '../base/bytes.ts';
import type { InfoHash, PeerId } from '../base/ids.ts';
import type { SwarmInput } from '../swarm/io.ts';
import type { Fingerprints } from './ports.ts';

/** A participation, as the overlay sees it. */
export interface OverlayMember {
  readonly infoHash: InfoHash;
  /** Our own. */
  readonly peerId: PeerId;
  /** What every member of the swarm knows. */
  readonly membership: Bytes;
  readonly checkKey: Bytes;
  /** Who is wanted beside those that are connected. */
  readonly need: 'anybody' | 'more' | 'nobody';
  /** How the connection to a peer came about; nothing when it is not open. */
  connectionTo(
    peer: PeerId,
  ): { readonly role: 'initiator' | 'responder'; readonly fingerprints: Fingerprints } | undefined;
  feed(input: SwarmInput): void;
}

/** The overlay, as a participation sees it: it does nothing as long as it is not there. */
export interface MemberOverlay {
  joined(member: OverlayMember): void;
  left(member: OverlayMember): void;
  /** Both ends of the connection to a peer speak the DHT's extension. */
  opened(member: OverlayMember, peer: PeerId): void;
  received(member: OverlayMember, peer: PeerId, payload: Bytes): void;
  closed(member: OverlayMember, peer: PeerId): void;
  /** Passes a sealed signal on to a peer whose node is known. */
  relay(member: OverlayMember, to: PeerId, sealed: Bytes): void;
}
