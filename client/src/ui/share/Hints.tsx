import type { ShareSnapshot, Snapshot } from '@shoal/shared/host/snapshot.ts';
import { texts } from '../texts.ts';

/** What to know about this browser while a share is open in it. */
export function Hints(props: { snapshot: Snapshot; share: ShareSnapshot }) {
  const { share, snapshot } = props;
  if (share.state === 'error') return null;
  return (
    <>
      {snapshot.storage === 'passing' && (
        <p class="note" role="status" data-testid="passing">
          {share.role === 'sharer' ? texts.passing.sharer : texts.passing.receiver}
        </p>
      )}
      {isMoving(share) && <p class="quiet touch-only">{texts.status.keepInFront}</p>}
    </>
  );
}

function isMoving({ state, peers, rateUp }: ShareSnapshot): boolean {
  if (state === 'downloading' || state === 'preparing') return true;
  return (state === 'sharing' || state === 'complete') && (peers.length > 0 || rateUp > 0);
}
