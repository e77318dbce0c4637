import type { ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import { texts } from '../texts.ts';
import { isWhole } from './whole.ts';

/** What is going on, in one line that is read out when it changes. */
export function Status(props: { share: ShareSnapshot }) {
  return (
    <p class="live" role="status">
      {wordsOf(props.share)}
    </p>
  );
}

function wordsOf(share: ShareSnapshot): string {
  switch (share.state) {
    case 'preparing':
      return texts.status.preparing;
    case 'connecting':
      return connecting(share);
    case 'ready':
      return texts.status.ready;
    case 'downloading':
      return share.peers.length === 0 ? texts.status.waiting : texts.status.downloading;
    case 'complete':
      return `${texts.status.complete} ${texts.status.helping}`;
    case 'sharing':
      return texts.status.sharing;
    case 'paused':
      return share.role === 'sharer' || isWhole(share)
        ? texts.status.pausedSharer
        : texts.status.pausedReceiver;
    case 'error':
      return '';
  }
}

function connecting(share: ShareSnapshot): string {
  if (share.peers.length > 0) return texts.status.asking;
  return share.tracker === 'connected' ? texts.status.looking : texts.status.reaching;
}
