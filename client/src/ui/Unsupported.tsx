import './styles/index.css';
import { Mark } from './parts/Mark.tsx';
import { texts } from './texts.ts';
import { languageOf } from './texts/languages.ts';
import { type UnsupportedTexts, unsupportedTexts } from './unsupportedTexts.ts';

/** What the browser or the way this page was opened does not give. */
export type Missing = 'secure-context' | 'webrtc' | 'service-worker';

/** In place of the page, where it cannot work. */
export function Unsupported(props: { missing: Missing; origin: string }) {
  const words = unsupportedTexts[languageOf(texts)];
  return (
    <div class="page">
      <header class="top">
        <span class="brand">
          <Mark />
          {texts.name}
        </span>
      </header>
      <main>
        <h1>{words.title}</h1>
        <div class="note alert" role="alert" data-testid="error">
          {linesOf(props.missing, words, props.origin).map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      </main>
    </div>
  );
}

function linesOf(missing: Missing, words: UnsupportedTexts, origin: string): readonly string[] {
  switch (missing) {
    case 'secure-context':
      return words.insecure(origin);
    case 'webrtc':
      return words.webrtc;
    case 'service-worker':
      return words.serviceWorker;
  }
}
