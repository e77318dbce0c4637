import { useId, useRef } from 'preact/hooks';
import { texts } from '../texts.ts';
import { CopyButton } from './CopyButton.tsx';
import { QrCode } from './QrCode.tsx';

export function LinkCard(props: { link: string }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  return (
    <section class="link-card">
      <QrCode link={props.link} />
      <div class="link-card-words">
        <label for={id}>{texts.link.title}</label>
        <div class="field-row">
          <input
            ref={input}
            id={id}
            class="field"
            data-testid="share-link"
            type="text"
            readOnly
            value={props.link}
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton text={props.link} select={() => input.current?.select()} />
        </div>
        <p class="quiet">{texts.link.keyNote}</p>
      </div>
    </section>
  );
}
