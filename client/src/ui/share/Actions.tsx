import type { Command, ShareId, ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import { RemoveButton } from '../parts/RemoveButton.tsx';
import { texts } from '../texts.ts';
import { isWhole } from './whole.ts';

/** What can be done with a share in its present state, the likeliest first. */
export function Actions(props: {
  share: ShareSnapshot;
  send: (command: Command) => void;
  save: (id: ShareId, what: 'all') => void;
}) {
  const { share, send } = props;
  const { id, state } = share;
  const act = (type: 'download' | 'pause' | 'resume' | 'remove') => send({ type, id });
  const several = share.files.length > 1;
  return (
    <div class="actions">
      {state === 'ready' && (
        <button
          type="button"
          class="button primary large"
          data-testid="download"
          onClick={() => act('download')}
        >
          {texts.actions.download(share.size)}
        </button>
      )}
      {isWhole(share) && several && (
        <button
          type="button"
          class="button primary"
          data-testid="save-all"
          onClick={() => props.save(id, 'all')}
        >
          {texts.actions.saveAll}
        </button>
      )}
      {canPause(share) && (
        <button type="button" class="button" data-testid="pause" onClick={() => act('pause')}>
          {texts.actions.pause}
        </button>
      )}
      {state === 'paused' && !share.problem && (
        <button type="button" class="button primary" data-testid="resume" onClick={() => act('resume')}>
          {texts.actions.resume}
        </button>
      )}
      <RemoveButton title={share.title} label={removeLabel(share)} onRemove={() => act('remove')} />
    </div>
  );
}

function canPause({ state }: ShareSnapshot): boolean {
  return state === 'downloading' || state === 'sharing' || state === 'complete';
}

function removeLabel({ role, state }: ShareSnapshot): string {
  if (role === 'receiver') return texts.actions.remove;
  return state === 'preparing' ? texts.actions.cancel : texts.actions.stop;
}
