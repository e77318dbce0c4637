import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { type Language, languages, loadTexts, pickLanguage } from './languages.ts';

const names = Object.keys(languages) as Language[];
const others = names.filter((name) => name !== 'en');
const NUMBERS = [0, 1, 2, 3, 5, 11, 21, 100, 1_000_000];
/** Words that other languages write as English does. */
const SAME = /^(?:Shoal|KiB\/s|Pause|Download|direct|ltr|Peer N1|\s*|\.)$/;

/** Every text by its path: a function's once per number, with names and numbers filled in. */
function flatten(value: unknown, path = ''): Map<string, string> {
  if (typeof value === 'string') return new Map([[path, value]]);
  if (isMaker(value)) return new Map(NUMBERS.flatMap((count) => [...called(value, count, path)]));
  if (typeof value !== 'object' || value === null) throw new Error(`${path}: expected text`);
  return new Map(
    Object.entries(value)
      .filter(([key]) => path !== '' || (key !== 'format' && key !== 'language'))
      .flatMap(([key, inner]) => [...flatten(inner, path === '' ? key : `${path}.${key}`)]),
  );
}

function isMaker(value: unknown): value is (...values: never[]) => unknown {
  return typeof value === 'function';
}

/** Of these the parameters are names; of all others numbers. */
const NAMED =
  /(?:elsewhere|openElsewhere|unreadable|saveNamed|named|name|metainfoInvalid|notShareable|fileUnreadable|storageFailed|notBegun|want|saving|saved|failed|notice\.title|ways\.(?!tabs)\w+)$/;

function called(make: (...values: never[]) => unknown, count: number, path: string): Map<string, string> {
  const numbers = path.endsWith('filesDiffer') ? [['N1'], count] : [count, count, count];
  const values: unknown[] = NAMED.test(path) ? ['N1', 'N2'] : numbers;
  return flatten(make(...(values as never[])), `${path}(${count})`);
}

describe.each(names)('%s', (name) => {
  it('has every text, and none beside', async () => {
    const texts = await loadTexts(name);
    expect([...flatten(texts).keys()].sort()).toEqual([...flatten(en).keys()].sort());
    expect(texts.language).toBe(name);
    expect(texts.direction).toMatch(/^(ltr|rtl)$/);
  });

  it('fills in every name and number', async () => {
    const texts = await loadTexts(name);
    for (const [path, text] of flatten(texts)) {
      if (!path.startsWith('removed.')) expect(text.trim(), path).not.toBe('');
      expect(text, path).not.toMatch(/undefined|NaN|\[object|=>/);
      expect(text.replace(/ # /g, path.includes('linkMalformed') ? '' : ' # '), path).not.toMatch(/#/);
    }
  });

  it('tells names and numbers as English does', async () => {
    const texts = flatten(await loadTexts(name));
    const inserted = (text: string) => [...text.matchAll(/N\d/g)].map(String).sort();
    for (const [path, text] of flatten(en)) expect(inserted(texts.get(path)!), path).toEqual(inserted(text));
  });
});

describe.each(others)('%s', (name) => {
  it('is translated', async () => {
    const texts = flatten(await loadTexts(name));
    const left = [...flatten(en)].filter(([path, text]) => texts.get(path) === text && !SAME.test(text));
    const plain = left.filter(([path]) => !/^(?:actions\.named|people\.has\(|progress)/.test(path));
    expect(plain.map(([path, text]) => `${path}: ${text}`)).toEqual([]);
  });
});

describe('pickLanguage', () => {
  it.each([
    [['pt-BR', 'en'], 'pt'],
    [['DE-at'], 'de'],
    [['nl', 'ja-JP', 'de'], 'ja'],
    [['tlh', ''], 'en'],
    [[], 'en'],
    [['constructor', '__proto__'], 'en'],
  ])('of %j is %s', (wished, language) => expect(pickLanguage(wished)).toBe(language));
});
