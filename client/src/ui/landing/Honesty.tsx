import { Door } from '../parts/Door.tsx';
import { texts } from '../texts.ts';

/** What a person should know before sharing anything, in three lines, and the rest on demand. */
export function Honesty() {
  return (
    <section class="honesty">
      <h2>{texts.honesty.title}</h2>
      <dl>
        {texts.honesty.lines.map(({ term, words }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <Door title={texts.honesty.moreTitle} testId="learning">
        {({ Learning }) => <Learning />}
      </Door>
    </section>
  );
}
