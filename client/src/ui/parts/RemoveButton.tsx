import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { texts } from '../texts.ts';

/** A button that asks once before it does what cannot be undone. `remove` is both the button and its confirmation. */
export function RemoveButton(props: {
  role: 'sharer' | 'receiver';
  title: string;
  label?: string;
  onRemove: () => void;
}) {
  const [asking, setAsking] = useState<boolean>();
  const remove = useRef<HTMLButtonElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const label = props.label ?? texts.actions.remove;
  useLayoutEffect(() => {
    if (asking !== undefined) (asking ? keep : remove).current?.focus();
  }, [asking]);

  if (!asking)
    return (
      <button
        ref={remove}
        type="button"
        class="button plain"
        data-testid="remove"
        aria-label={props.title === '' ? label : texts.actions.named(label, props.title)}
        onClick={() => setAsking(true)}
      >
        {label}
      </button>
    );
  return (
    <div class="confirm" role="group" aria-label={label}>
      <p>{props.role === 'sharer' ? texts.actions.confirmSharer : texts.actions.confirmReceiver}</p>
      <button type="button" class="button danger" data-testid="remove" onClick={props.onRemove}>
        {label}
      </button>
      <button ref={keep} type="button" class="button" onClick={() => setAsking(false)}>
        {texts.actions.keep}
      </button>
    </div>
  );
}
