import type { ShareSnapshot } from '@shoal/shared/host/snapshot.ts';

/** Whether a receiver has every byte, so that files can be saved. */
export function isWhole(share: ShareSnapshot): boolean {
  if (share.role === 'sharer') return false;
  return (
    share.state === 'complete' || (share.state === 'paused' && share.size > 0 && share.done === share.size)
  );
}
