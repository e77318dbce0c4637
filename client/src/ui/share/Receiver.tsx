import type { ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import { Transfer } from './Transfer.tsx';

/** What the person who opened a link needs to see: how it comes in. */
export function Receiver(props: { share: ShareSnapshot }) {
  const { share } = props;
  const begun = share.state === 'downloading' || share.state === 'paused' || share.state === 'complete';
  return begun ? <Transfer share={share} /> : null;
}
