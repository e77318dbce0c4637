import type { ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import { texts } from '../texts.ts';
import { ClosingNote } from './ClosingNote.tsx';
import { LinkCard } from './LinkCard.tsx';
import { Transfer } from './Transfer.tsx';

/** What the person who shares needs to see: the link, and what has become of it. */
export function Sharer(props: { share: ShareSnapshot }) {
  const { share } = props;
  return (
    <>
      {share.state === 'preparing' && <Transfer share={share} />}
      {share.link !== undefined && <LinkCard link={share.link} />}
      {share.state === 'sharing' && <ClosingNote copies={share.copies} />}
      {share.state === 'sharing' && share.tracker === 'unreachable' && (
        <p class="note" role="status">
          {texts.status.unreachable}
        </p>
      )}
    </>
  );
}
