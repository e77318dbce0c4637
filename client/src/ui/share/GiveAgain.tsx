import type { AgainState } from '../pageState.ts';
import { texts } from '../texts.ts';

/** One press instead of choosing the files again, where the browser remembers which they were. */
export function GiveAgain(props: { state: AgainState; onPress: () => void }) {
  const { state } = props;
  return (
    <>
      {state !== 'gone' && (
        <button
          type="button"
          class="button primary"
          data-testid="give-again"
          disabled={state === 'reading'}
          onClick={props.onPress}
        >
          {texts.again.give}
        </button>
      )}
      <p class="picker-note" role="status">
        {wordsOf(state)}
      </p>
    </>
  );
}

function wordsOf(state: AgainState): string {
  switch (state) {
    case 'offered':
      return '';
    case 'reading':
      return texts.picker.reading;
    case 'refused':
      return texts.again.refused;
    case 'gone':
      return texts.again.gone;
  }
}
