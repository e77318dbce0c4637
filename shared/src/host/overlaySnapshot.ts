import type { OverlaySwitch } from './overlaySwitch.ts';
import type { Share } from './share.ts';
import type { OverlaySnapshot, ShareSnapshot } from './snapshot.ts';

/** How the DHT is doing, and whether there is any way for others and a share to find each other. */
export function overlaySnapshot(
  overlay: OverlaySwitch,
  tracker: ShareSnapshot['tracker'],
  shares: Iterable<Share>,
): OverlaySnapshot {
  const { links = 0, own = 0 } = overlay.status ?? {};
  const alone = [...shares].some(({ participation }) => participation?.alone === true);
  return { state: overlay.state, links, own, lonely: alone && links === 0 && tracker === 'unreachable' };
}
