import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { texts } from '../texts.ts';

const WHOLE_NUMBER = /^[1-9]\d{0,8}$/;

/** KiB a second; empty for none. Takes effect while it is typed. */
export function UploadLimit(props: {
  limit: number | undefined;
  onChange: (limit: number | undefined) => void;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const known = props.limit === undefined ? '' : String(props.limit);
  const [text, setText] = useState(known);
  const valid = text === '' || WHOLE_NUMBER.test(text);
  useEffect(() => {
    if (document.activeElement !== input.current) setText(known);
  }, [known]);

  const change = (value: string) => {
    setText(value);
    if (value === '') props.onChange(undefined);
    else if (WHOLE_NUMBER.test(value)) props.onChange(Number(value));
  };
  return (
    <div class="setting">
      <label for={id}>{texts.settings.uploadLimit}</label>
      <span class="setting-value">
        <input
          ref={input}
          id={id}
          class="field"
          data-testid="upload-limit"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          maxLength={9}
          value={text}
          aria-invalid={!valid}
          aria-describedby={`${id}-hint`}
          onInput={(event) => change(event.currentTarget.value.trim())}
        />
        <span>{texts.settings.unit}</span>
      </span>
      <span id={`${id}-hint`} class="quiet">
        {valid ? texts.settings.hint : texts.settings.invalid}
      </span>
    </div>
  );
}
