import './styles/index.css';
import { useCallback, useEffect } from 'preact/hooks';
import type { ChosenFile, Command, ShareId, ShareSnapshot, Snapshot } from '@shoal/shared/host/snapshot.ts';
import { useDragging } from './files/useDragging.ts';
import { useIntake } from './files/useIntake.ts';
import { Landing } from './landing/Landing.tsx';
import { pageTitle } from './pageTitle.ts';
import { Header } from './parts/Header.tsx';
import { Toast } from './parts/Toast.tsx';
import { UploadLimit } from './parts/UploadLimit.tsx';
import { remedyFor } from './share/remedy.ts';
import { ShareView } from './share/ShareView.tsx';
import { texts } from './texts.ts';

/**
 * The whole page, drawn from a snapshot. `send` and `save` must keep their identity from one snapshot to the next;
 * `origin` is `location.origin`.
 */
export function App(props: {
  snapshot: Snapshot;
  send: (command: Command) => void;
  save: (id: ShareId, what: number | 'all') => void;
  origin: string;
}) {
  const { snapshot, send, origin } = props;
  const { open } = snapshot;
  const wanting = open && wantsFiles(open) ? open.id : undefined;
  const take = useCallback(
    (files: readonly ChosenFile[]) =>
      send(wanting === undefined ? { type: 'share', files } : { type: 'give-files', id: wanting, files }),
    [send, wanting],
  );
  const intake = useIntake(take);
  const dragging = useDragging(intake.drop);
  const title = pageTitle(snapshot);
  useEffect(() => {
    document.title = title;
  }, [title]);

  return (
    <div class="page">
      <Header inside={open !== undefined} onHome={() => send({ type: 'close-view' })} />
      {open ? (
        <ShareView share={open} intake={intake} origin={origin} send={send} save={props.save} />
      ) : (
        <Landing shares={snapshot.shares} intake={intake} origin={origin} send={send} />
      )}
      <footer>
        <UploadLimit
          limit={snapshot.settings.uploadLimit}
          onChange={(limit) => send({ type: 'set-upload-limit', limit })}
        />
      </footer>
      <Toast removed={snapshot.removed} send={send} />
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
