import { useId } from 'preact/hooks';
import { texts } from '../texts.ts';

/** @param props.relays whether the server offers a relay. */
export function RelayOnly(props: { on: boolean; relays: boolean; onChange: (on: boolean) => void }) {
  const id = useId();
  const stuck = props.on && !props.relays;
  return (
    <div class="setting">
      <input
        id={id}
        class="check"
        type="checkbox"
        data-testid="relay-only"
        checked={props.on}
        aria-describedby={`${id}-hint`}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      <label for={id}>{texts.settings.relayOnly}</label>
      <span id={`${id}-hint`} class="quiet">
        {stuck ? texts.settings.relayMissing : texts.settings.relayOnlyHint}
      </span>
    </div>
  );
}
