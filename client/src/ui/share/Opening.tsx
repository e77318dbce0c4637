import { texts } from '../texts.ts';

/** In place of a share's view until it is known which state it is in. */
export function Opening() {
  return (
    <main>
      <header class="lead">
        <h1 tabIndex={-1}>{texts.opening}</h1>
        <p class="live" role="status">
          {texts.status.reaching}
        </p>
      </header>
    </main>
  );
}
