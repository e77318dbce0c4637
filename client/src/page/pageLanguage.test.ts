import { afterEach, describe, expect, it } from 'vitest';
import { texts } from '../ui/texts.ts';
import { preferredLanguage, rememberLanguage, speakLanguage } from './pageLanguage.ts';

function storage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  } as Storage;
}

describe('preferredLanguage', () => {
  it('is what the browser asks for', () => expect(preferredLanguage(storage(), ['fr-CA', 'en'])).toBe('fr'));

  it('is rather what was chosen', () => {
    const kept = storage();
    rememberLanguage(kept, 'ja');
    expect(preferredLanguage(kept, ['fr-CA', 'en'])).toBe('ja');
  });

  it('is never what nobody speaks', () => {
    const kept = storage();
    kept.setItem('shoal.language', 'toString');
    expect(preferredLanguage(kept, ['nl'])).toBe('en');
  });
});

describe('speakLanguage', () => {
  const root = { lang: '', dir: '' } as HTMLElement;
  afterEach(() => speakLanguage('en', root));

  it('changes what is said, and says so to the browser', async () => {
    await speakLanguage('de', root);
    expect(texts.actions.pause).toBe('Anhalten');
    expect([root.lang, root.dir]).toEqual(['de', 'ltr']);
  });
});
