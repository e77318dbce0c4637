import { useId } from 'preact/hooks';
import type { DhtSetting } from '@shoal/shared/host/snapshot.ts';
import { texts } from '../texts.ts';
import { languageOf } from '../texts/languages.ts';
import { findingTexts } from './findingTexts.ts';

const CHOICES: readonly DhtSetting[] = ['off', 'whileSharing', 'always'];

/** When this browser takes part in the network of the pages, by which people are found without a server. */
export function Finding(props: { chosen: DhtSetting | undefined; onChange: (chosen: DhtSetting) => void }) {
  const { chosen = 'whileSharing', onChange } = props;
  const id = useId();
  const words = findingTexts[languageOf(texts)];
  return (
    <fieldset class="choices" aria-describedby={`${id}-how`}>
      <legend class="unseen">{texts.settings.finding}</legend>
      <p id={`${id}-how`} class="quiet">
        {words.how}
      </p>
      {CHOICES.map((choice) => (
        <div key={choice} class="choice">
          <input
            id={id + choice}
            class="check"
            type="radio"
            name={id}
            data-testid={`dht-${choice}`}
            checked={choice === chosen}
            aria-describedby={`${id}${choice}-hint`}
            onChange={() => onChange(choice)}
          />
          <label for={id + choice}>{words[choice].label}</label>
          <span id={`${id}${choice}-hint`} class="quiet">
            {words[choice].hint}
          </span>
        </div>
      ))}
    </fieldset>
  );
}
