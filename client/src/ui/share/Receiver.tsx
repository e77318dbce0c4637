import type { ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import { Transfer } from './Transfer.tsx';

/** What the person who opened a link needs to see: how it comes in. */
export function Receiver(props: { share: ShareSnapshot }) {
  const { share } = props;
  return hasBegun(share) ? <Transfer share={share} /> : null;
}

/** Also when there is no room for the rest: what is here is kept, and that is to be seen. */
function hasBegun({ state, problem, files }: ShareSnapshot): boolean {
  if (problem?.code === 'storage-full') return files.length > 0;
  return state === 'downloading' || state === 'paused' || state === 'complete';
}
