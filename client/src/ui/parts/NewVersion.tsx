import { useState } from 'preact/hooks';
import { texts } from '../texts.ts';

/** Says that a newer version of the page is there. Whoever does not mind gets it at the next visit. */
export function NewVersion(props: { ready: boolean; onUse: () => void }) {
  const [dismissed, dismiss] = useState(false);
  return (
    <div class="toast" role="status">
      {props.ready && !dismissed && (
        <div class="toast-card long" data-testid="new-version">
          <p>{texts.update.ready}</p>
          <button type="button" class="button small" onClick={props.onUse}>
            {texts.update.use}
          </button>
          <button type="button" class="button plain small" onClick={() => dismiss(true)}>
            {texts.saving.dismiss}
          </button>
        </div>
      )}
    </div>
  );
}
