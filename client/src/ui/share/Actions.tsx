import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import type { PageActions, PageState } from '../pageState.ts';
import { RemoveButton } from '../parts/RemoveButton.tsx';
import { texts } from '../texts.ts';
import { NoticeButton } from './NoticeButton.tsx';
import { isWhole } from './whole.ts';

/** What can be done with a share in its present state, the likeliest first. */
export function Actions(props: { share: ShareSnapshot; page: PageState; actions: PageActions }) {
  const { share, actions } = props;
  const { send } = actions;
  const { id, state } = share;
  const pressed = useFocusKept(state);
  const act = (type: 'download' | 'pause' | 'resume' | 'remove') => send({ type, id });
  const several = share.files.length > 1;
  return (
    <div class="actions" ref={pressed.place} onClick={pressed.note}>
      {state === 'ready' && (
        <button
          type="button"
          class="button primary large"
          data-testid="download"
          disabled={share.size === 0 && share.files.some(({ wanted }) => !wanted)}
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
          onClick={() => actions.save(id, 'all')}
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
      {state === 'downloading' && <NoticeButton share={id} page={props.page} actions={actions} />}
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

/** A press may take away the very button that has the focus: then the first of those that remain gets it. */
function useFocusKept(state: ShareSnapshot['state']) {
  const place = useRef<HTMLDivElement>(null);
  const expected = useRef(false);
  useLayoutEffect(() => {
    if (expected.current && document.activeElement === document.body)
      place.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
    expected.current = false;
  }, [state]);
  return { place, note: () => (expected.current = true) };
}
