import { texts } from '../texts.ts';

/** Whether the sender is still needed. */
export function ClosingNote(props: { copies: number }) {
  const free = props.copies > 0;
  return (
    <div class={free ? 'note closing free' : 'note closing'} role="status" data-testid="closing">
      <p>
        <strong>{free ? texts.link.mayClose(props.copies) : texts.link.keepOpen}</strong>
        {free && <> {texts.link.mayCloseNote}</>}
      </p>
    </div>
  );
}
