import './styles/index.css';
import { useCallback, useEffect } from 'preact/hooks';
import type { ChosenFile, ShareSnapshot, Snapshot } from '@shoal/shared/host/snapshot.ts';
import { useDragging } from './files/useDragging.ts';
import { useIntake } from './files/useIntake.ts';
import { usePasting } from './files/usePasting.ts';
import { Landing } from './landing/Landing.tsx';
import type { PageActions, PageState } from './pageState.ts';
import { pageTitle } from './pageTitle.ts';
import { Header } from './parts/Header.tsx';
import { NewVersion } from './parts/NewVersion.tsx';
import { SaveNotes } from './parts/SaveNotes.tsx';
import { SettingsBar } from './parts/SettingsBar.tsx';
import { Toast } from './parts/Toast.tsx';
import { useHeadingFocus } from './parts/useHeadingFocus.ts';
import { Opening } from './share/Opening.tsx';
import { remedyFor } from './share/remedy.ts';
import { ShareView } from './share/ShareView.tsx';
import { texts } from './texts.ts';

/**
 * The whole page, drawn from a snapshot and the page's own state. `actions` must keep its identity from one drawing to
 * the next; `origin` is `location.origin`.
 */
export function App(props: { snapshot: Snapshot; page: PageState; actions: PageActions; origin: string }) {
  const { snapshot, page, actions, origin } = props;
  const { open } = snapshot;
  const { send, lasting } = actions;
  const wanting = open && wantsFiles(open) ? open.id : undefined;
  const take = useCallback(
    (files: readonly ChosenFile[], roots: readonly FileSystemHandle[]) => {
      lasting?.chosen({ id: wanting, files, roots });
      send(wanting === undefined ? { type: 'share', files } : { type: 'give-files', id: wanting, files });
    },
    [send, lasting, wanting],
  );
  const intake = useIntake(take, lasting?.pick);
  const dragging = useDragging(intake.drop);
  const stray = usePasting(origin, intake.drop, send);
  const title = pageTitle(snapshot);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useHeadingFocus(open);

  return (
    <div class="page">
      <Header inside={open !== undefined} onHome={() => send({ type: 'close-view' })} />
      {open && page.opening ? (
        <Opening />
      ) : open ? (
        <ShareView
          snapshot={snapshot}
          share={open}
          page={page}
          actions={actions}
          intake={intake}
          origin={origin}
        />
      ) : (
        <Landing snapshot={snapshot} intake={intake} origin={origin} stray={stray} send={send} />
      )}
      <SettingsBar settings={snapshot.settings} relays={snapshot.relays} actions={actions} />
      <div class="toasts">
        <NewVersion ready={page.newVersion === true} onUse={() => actions.useNewVersion()} />
        <SaveNotes saves={page.saves} onDismiss={(key) => actions.dismissSave(key)} />
        <Toast removed={snapshot.removed} send={send} />
      </div>
      {dragging && (
        <div class="overlay" aria-hidden="true">
          <p>{wanting === undefined ? texts.picker.overlay : texts.picker.overlayAgain}</p>
        </div>
      )}
    </div>
  );
}

function wantsFiles(share: ShareSnapshot): boolean {
  return share.problem !== undefined && remedyFor(share.problem) === 'give-files';
}
