import { texts } from '../texts.ts';
import { languageOf } from '../texts/languages.ts';
import { learningTexts } from './learningTexts.ts';

/** Who learns what of a share. */
export function Learning() {
  return (
    <ul>
      {learningTexts[languageOf(texts)].map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
