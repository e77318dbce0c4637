import { texts } from '../texts.ts';

/** Does not ask: what it removes can be brought back for a few seconds. */
export function RemoveButton(props: { title: string; label?: string; onRemove: () => void }) {
  const label = props.label ?? texts.actions.remove;
  return (
    <button
      type="button"
      class="button plain"
      data-testid="remove"
      aria-label={props.title === '' ? label : texts.actions.named(label, props.title)}
      onClick={props.onRemove}
    >
      {label}
    </button>
  );
}
