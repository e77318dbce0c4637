import type { Command, ShareSummary } from '@shoal/shared/host/snapshot.ts';
import { percentOf } from '../formats.ts';
import { memo } from '../parts/memo.tsx';
import { RemoveButton } from '../parts/RemoveButton.tsx';
import { texts } from '../texts.ts';

/** A remembered share. The button that opens it covers the whole row. */
export const ShareItem = memo(function ShareItem(props: {
  share: ShareSummary;
  send: (command: Command) => void;
}) {
  const { share, send } = props;
  const title = share.title === '' ? texts.landing.untitled : share.title;
  return (
    <li class="share-item" data-testid="share-item" data-state={share.state}>
      <div class="share-item-words">
        <button
          type="button"
          class="share-item-open"
          onClick={() => send({ type: 'open-share', id: share.id })}
        >
          <bdi>{title}</bdi>
        </button>
        <p class="quiet">{describe(share)}</p>
      </div>
      <RemoveButton title={title} onRemove={() => send({ type: 'remove', id: share.id })} />
    </li>
  );
});

function describe(share: ShareSummary): string {
  const parts = [texts.roles[share.role], stateOf(share)];
  return (share.title === '' ? parts : [texts.format.bytes(share.size), ...parts]).join(' · ');
}

function stateOf(share: ShareSummary): string {
  const waiting = share.role === 'sharer' && share.state === 'error';
  const word = texts.listStates[waiting ? 'filesNeeded' : share.state];
  const partly = share.state === 'downloading' || share.state === 'preparing' || share.state === 'paused';
  return partly && share.done < share.size
    ? `${word} ${texts.format.percent(percentOf(share.done, share.size))}`
    : word;
}
