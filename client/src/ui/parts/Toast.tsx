import type { Command, RemovedShare } from '@shoal/shared/host/snapshot.ts';
import { texts } from '../texts.ts';

/** What was just removed, while it can be brought back. Stays in the page while empty, so that it is read out. */
export function Toast(props: { removed: readonly RemovedShare[]; send: (command: Command) => void }) {
  const [last] = props.removed;
  return (
    <div class="toast" role="status">
      {last && (
        <div class="toast-card" key={last.id}>
          <p>
            {texts.removed.before}
            <bdi>{last.title === '' ? texts.landing.untitled : last.title}</bdi>
            {texts.removed.after}
          </p>
          <button
            type="button"
            class="button small"
            data-testid="undo"
            onClick={() => props.send({ type: 'undo-remove', id: last.id })}
          >
            {texts.removed.undo}
          </button>
        </div>
      )}
    </div>
  );
}
