import type { OverlaySwitch } from './overlaySwitch.ts';
import type { Share } from './share.ts';
import type { OverlaySnapshot, ShareSnapshot } from './snapshot.ts';

/** How the DHT is doing, and whether there is any way to anybody who is needed. */
export function overlaySnapshot(
  overlay: OverlaySwitch,
  tracker: ShareSnapshot['tracker'],
  shares: Iterable<Share>,
): OverlaySnapshot {
  const { links = 0, own = 0 } = overlay.status ?? {};
  const needy = [...shares].some(({ participation }) => participation?.lonely === true);
  return { state: overlay.state, links, own, lonely: needy && links === 0 && tracker === 'unreachable' };
}
