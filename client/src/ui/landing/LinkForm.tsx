import { useEffect, useId, useState } from 'preact/hooks';
import type { LinkElsewhere } from '../files/usePasting.ts';
import { type PastedLink, readPastedLink } from '../linkText.ts';
import { texts } from '../texts.ts';

/** Takes a link that was pasted or typed. A link pasted whole opens at once. */
export function LinkForm(props: {
  origin: string;
  stray?: LinkElsewhere | undefined;
  onOpen: (fragment: string) => void;
}) {
  const id = useId();
  const [text, setText] = useState('');
  const [elsewhere, setElsewhere] = useState<LinkElsewhere>();
  useEffect(() => setElsewhere(props.stray), [props.stray]);

  const open = (pasted: PastedLink) => {
    setElsewhere(pasted.type === 'elsewhere' ? pasted : undefined);
    if (pasted.type === 'here') props.onOpen(pasted.fragment);
  };
  const pasted = (event: ClipboardEvent) => {
    const link = event.clipboardData?.getData('text/plain') ?? '';
    if (text === '' && link.includes('#')) open(readPastedLink(link, props.origin));
  };

  return (
    <form
      class="link-form"
      onSubmit={(event) => {
        event.preventDefault();
        open(readPastedLink(text, props.origin));
      }}
    >
      <label for={id}>{texts.landing.openTitle}</label>
      <div class="field-row">
        <input
          id={id}
          class="field"
          data-testid="link-input"
          type="text"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="off"
          spellcheck={false}
          required
          placeholder={texts.landing.openPlaceholder}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onPaste={pasted}
        />
        <button type="submit" class="button">
          {texts.landing.open}
        </button>
      </div>
      <div role="status">
        {elsewhere && <ElsewhereNote link={elsewhere} onOpen={() => props.onOpen(elsewhere.fragment)} />}
      </div>
    </form>
  );
}

function ElsewhereNote(props: { link: LinkElsewhere; onOpen: () => void }) {
  return (
    <div class="note">
      <p>{texts.landing.elsewhere(props.link.host)}</p>
      <div class="actions">
        <a class="button primary" href={props.link.url} rel="noreferrer">
          {texts.landing.openElsewhere(props.link.host)}
        </a>
        <button type="button" class="button" onClick={props.onOpen}>
          {texts.landing.openAnyway}
        </button>
      </div>
    </div>
  );
}
