import { useId } from 'preact/hooks';
import { texts } from '../texts.ts';
import { isLanguage, type Language, languages } from '../texts/languages.ts';

/** Each language named in itself, so that who cannot read the present one finds theirs. */
export function LanguageChoice(props: { onChange: (language: Language) => void }) {
  const id = useId();
  return (
    <div class="setting">
      <label for={id}>{texts.settings.language}</label>
      <select
        id={id}
        class="field"
        data-testid="language"
        value={texts.language}
        onChange={({ currentTarget: { value } }) => isLanguage(value) && props.onChange(value)}
      >
        {Object.entries(languages).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
