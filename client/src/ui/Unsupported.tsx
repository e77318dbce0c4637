import './styles/index.css';
import { Mark } from './parts/Mark.tsx';
import { texts } from './texts.ts';

/** What the browser or the way this page was opened does not give. */
export type Missing = 'secure-context' | 'webrtc' | 'service-worker';

/** In place of the page, where it cannot work. */
export function Unsupported(props: { missing: Missing; origin: string }) {
  return (
    <div class="page">
      <header class="top">
        <span class="brand">
          <Mark />
          {texts.name}
        </span>
      </header>
      <main>
        <h1>{texts.unsupported.title}</h1>
        <div class="note alert" role="alert" data-testid="error">
          {wordsOf(props.missing, props.origin).map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      </main>
    </div>
  );
}

function wordsOf(missing: Missing, origin: string): readonly string[] {
  switch (missing) {
    case 'secure-context':
      return texts.unsupported.insecure(origin);
    case 'webrtc':
      return texts.unsupported.webrtc;
    case 'service-worker':
      return texts.unsupported.serviceWorker;
  }
}
