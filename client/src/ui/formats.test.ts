import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Formats, percentOf } from './formats.ts';

const english = new Formats('en');

describe('bytes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [1500, '1.5 kB'],
    [99_940, '99.9 kB'],
    [123_456, '123 kB'],
    [999_499, '999 kB'],
    [999_500, '1 MB'],
    [1_300_000_000, '1.3 GB'],
    [20_000_000_000, '20 GB'],
    [2 ** 53, '9 PB'],
  ])('writes %d as %s', (bytes, text) => expect(english.bytes(bytes)).toBe(text));

  it('never shows four digits where a larger unit would do', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        expect(english.bytes(bytes)).toMatch(/^\d{1,3}(\.\d)? \w+$/);
      }),
    );
  });

  it('grows with the size', () => {
    const value = (text: string) =>
      Number.parseFloat(text) *
      1000 ** ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'].indexOf(text.split(' ')[1]!.replace(/^byte$/, 'bytes'));
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(value(english.bytes(less))).toBeLessThanOrEqual(value(english.bytes(more)));
      }),
    );
  });
});

describe('rate', () => {
  it.each([
    [0, '0 kB/s'],
    [812, '0.8 kB/s'],
    [8_140_000, '8.1 MB/s'],
  ])('writes %d as %s', (rate, text) => expect(english.rate(rate)).toBe(text));
});

describe('duration', () => {
  it.each([
    [0, '1 sec'],
    [44.2, '45 sec'],
    [59.5, '60 sec'],
    [60, '1 min'],
    [90, '2 min'],
    [3599, '1 hr'],
    [7500, '2 hr 5 min'],
    [86_399, '1 day'],
    [100_000, '1 day 4 hr'],
  ])('writes %d s as %s', (seconds, text) => expect(english.duration(seconds)).toBe(text));
});

describe('percentOf', () => {
  it('is 100 only when everything is there', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 50 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (size, part) => {
          const done = Math.floor(size * part);
          expect(percentOf(done, size) === 100).toBe(done === size);
        },
      ),
    );
  });

  it('of nothing is nothing', () => expect(percentOf(0, 0)).toBe(0));
});

describe('words', () => {
  const forms = { one: '# file', other: '# files' };

  it('agree with their number', () => {
    expect(english.plural(0, forms)).toBe('0 files');
    expect(english.plural(1, forms)).toBe('1 file');
    expect(english.plural(10_000, forms)).toBe('10,000 files');
  });

  it('take the form for everything else where a language has none of its own for a number', () => {
    expect(new Formats('fr').plural(1_000_000, { one: '# fichier', other: '# fichiers' })).toMatch(
      /fichiers$/,
    );
  });

  it('are listed', () => expect(english.list(['a', 'b', 'c'])).toBe('a, b, and c'));
});

describe('other languages', () => {
  it.each([
    ['de', '1,3 GB', '42 %'],
    ['fr', '1,3 Go', '42 %'],
    ['es', '1,3 GB', '42 %'],
    ['ja', '1.3 GB', '42%'],
  ])('write numbers their own way: %s', (language, size, share) => {
    const formats = new Formats(language);
    const plain = (text: string) => text.replace(/\s/g, ' ');
    expect(plain(formats.bytes(1_300_000_000))).toBe(size);
    expect(plain(formats.percent(42))).toBe(share);
  });
});
