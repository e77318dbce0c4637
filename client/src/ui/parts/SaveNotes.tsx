import { isolate } from '../formats.ts';
import type { SaveState } from '../pageState.ts';
import { texts } from '../texts.ts';

/** More at once would cover the page. */
const SHOWN = 3;

/** How saves go. What goes well is said in passing; what went wrong stays until it is dismissed. */
export function SaveNotes(props: { saves: readonly SaveState[]; onDismiss: (key: number) => void }) {
  const failed = props.saves.filter(isFailed);
  const fine = props.saves.filter((save) => !isFailed(save));
  return (
    <>
      <div class="toast" role="status" data-testid="saves">
        {fine.slice(-SHOWN).map((save) => (
          <div class="toast-card" key={save.key}>
            <p>{wordsOf(save)}</p>
          </div>
        ))}
      </div>
      {failed.slice(-SHOWN).map((save) => (
        <div class="toast-card failed" role="alert" key={save.key} data-testid="save-failed">
          <p>
            <strong>{texts.saving.failed(isolate(save.name))}</strong> {wordsOf(save)}
          </p>
          <button type="button" class="button small" onClick={() => props.onDismiss(save.key)}>
            {texts.saving.dismiss}
          </button>
        </div>
      ))}
    </>
  );
}

function isFailed({ type }: SaveState): boolean {
  return type !== 'saving' && type !== 'saved';
}

function wordsOf(save: SaveState): string {
  switch (save.type) {
    case 'saving':
      return texts.saving.saving(isolate(save.name));
    case 'saved':
      return texts.saving.saved(isolate(save.name));
    case 'incomplete':
      return texts.saving.incomplete;
    case 'too-large':
      return texts.saving.tooLarge(save.limit);
    case 'not-begun':
      return texts.saving.notBegun(save.reason);
  }
}
