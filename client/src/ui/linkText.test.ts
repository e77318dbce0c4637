import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLink, readPastedLink } from './linkText.ts';

const HERE = 'https://shoal.example';
const KEY = 'AQ'.repeat(26);

describe('readPastedLink', () => {
  it.each([
    ['a link of this page', `${HERE}/#${KEY}`],
    ['space around it', `  ${HERE}/#${KEY}\n`],
    ['the part behind # alone', `#${KEY}`],
    ['the part without #', KEY],
  ])('takes %s', (_, text) => expect(readPastedLink(text, HERE)).toEqual({ type: 'here', fragment: KEY }));

  it('opens a link that names its trackers here, wherever it comes from', () => {
    const fragment = `${KEY}&tr=wss://other.example`;
    expect(readPastedLink(`https://other.example/#${fragment}`, HERE)).toEqual({ type: 'here', fragment });
  });

  it('tells a link of another site, and names that site’s tracker to whoever opens it here', () => {
    const url = `https://other.example:8443/#${KEY}`;
    expect(readPastedLink(url, HERE)).toEqual({
      type: 'elsewhere',
      url,
      host: 'other.example:8443',
      fragment: `${KEY}&tr=wss%3A%2F%2Fother.example%3A8443`,
    });
  });

  it('tells nothing', () => expect(readPastedLink(' \n', HERE)).toEqual({ type: 'nothing' }));

  it('sends nobody to anything but http and https', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl({ withFragments: true }),
          fc.string(),
          fc.constant(`javascript:alert(1)//#${KEY}`),
        ),
        (text) => {
          const pasted = readPastedLink(text, HERE);
          if (pasted.type === 'elsewhere') expect(pasted.url).toMatch(/^https?:\/\//);
        },
      ),
    );
  });
});

describe('findLink', () => {
  it('finds a link among other words', () =>
    expect(findLink(`Photos!\n${HERE}/#${KEY} see you`, HERE)).toEqual({ type: 'here', fragment: KEY }));

  it.each(['', 'just words', 'issue #12', 'https://other.example/#heading'])('finds none in %j', (text) =>
    expect(findLink(text, HERE)).toBeUndefined(),
  );
});
