import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safePaths } from './names.ts';

const name = (raw: string) => safePaths([[raw]])[0]![0]!;
const path = (...raw: string[]) => safePaths([raw])[0]!;
const bytesOf = (text: string) => Buffer.byteLength(text);
const caseless = (names: readonly string[]) => names.join('/').toLowerCase();

describe('a safe name', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['.gitignore', '.gitignore'],
    ['日本語 (1).txt', '日本語 (1).txt'],
    ['café', 'café'.normalize('NFC')],
    ['/etc/passwd', '_etc_passwd'],
    ['..\\..\\boot.ini', '.._.._boot.ini'],
    ['C:', 'C_'],
    ['a*b?c"d<e>f|g', 'a_b_c_d_e_f_g'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['a\u200Bb\u2066c\uFEFFd\u0000e\u001Ff\u007Fg\u2028h', 'abcdefgh'],
    ['half\uD800.txt', 'half.txt'],
    ['filler\u3164\u2800.txt', 'filler.txt'],
    ['  lead', 'lead'],
    ['trail. . .', 'trail'],
    ['con', 'con_'],
    ['CON.tar.gz', 'CON_.tar.gz'],
    ['nul .txt', 'nul_.txt'],
    ['Lpt9', 'Lpt9_'],
    ['com¹.c', 'com¹_.c'],
    ['console.log', 'console.log'],
    ['..', 'unnamed'],
    ['\u200B', 'unnamed'],
    ['', 'unnamed'],
    ['__proto__', '__proto__'],
    ['<img src=x onerror=alert(1)>', '_img src=x onerror=alert(1)_'],
  ])('of %j is %j', (raw, safe) => {
    expect(name(raw)).toBe(safe);
  });

  it('is cut to 255 bytes and keeps its extension', () => {
    const long = name(`${'ä'.repeat(300)}.jpeg`);
    expect(long.endsWith('ä.jpeg')).toBe(true);
    expect(bytesOf(long)).toBe(255);
    expect(name('🦈'.repeat(100))).toBe('🦈'.repeat(63));
    expect(bytesOf(name(`${'x'.repeat(400)}.${'y'.repeat(400)}`))).toBe(255);
  });
});

describe('a safe path', () => {
  it('has no segments that lead elsewhere', () => {
    expect(path('', 'etc', '..', '.', 'passwd')).toEqual(['etc', 'passwd']);
    expect(path('..', '..')).toEqual(['unnamed']);
    expect(path()).toEqual(['unnamed']);
  });
});

describe('safe paths', () => {
  it('number what collides, in order', () => {
    expect(safePaths([['a.txt'], ['A.TXT'], ['a.txt'], ['a (2).txt']])).toEqual([
      ['a.txt'],
      ['A (2).TXT'],
      ['a (3).txt'],
      ['a (2) (2).txt'],
    ]);
  });

  it('keep the files of a folder together, and folders of another case apart', () => {
    expect(
      safePaths([
        ['Foo', 'a'],
        ['foo', 'a'],
        ['Foo', 'b'],
        ['foo', 'b'],
      ]),
    ).toEqual([
      ['Foo', 'a'],
      ['foo (2)', 'a'],
      ['Foo', 'b'],
      ['foo (2)', 'b'],
    ]);
  });

  it('tell a file from a folder of the same name', () => {
    expect(safePaths([['a', 'b'], ['a'], ['c'], ['c', 'd']])).toEqual([
      ['a', 'b'],
      ['a (2)'],
      ['c'],
      ['c (2)', 'd'],
    ]);
  });

  it('number long names within 255 bytes', () => {
    const [first, second] = safePaths([[`${'x'.repeat(300)}.txt`], [`${'x'.repeat(300)}.txt`]]);
    expect(second![0]).toMatch(/x \(2\)\.txt$/);
    expect(bytesOf(second![0]!)).toBe(255);
    expect(first).not.toEqual(second);
  });

  it('take 100,000 equal names without taking for ever', () => {
    const paths = safePaths(Array.from({ length: 100_000 }, () => ['same']));
    expect(paths.at(-1)).toEqual(['same (100000)']);
  });

  it('bear paths as deep as a manifest allows', () => {
    expect(path(...Array.from({ length: 50_000 }, () => 'a'))).toHaveLength(50_000);
  });

  const segments = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom('a', 'A', 'ß', 'SS', 'con', 'a (2)', 'a.', 'é', 'e\u0301', '..', ''),
    },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 60, maxLength: 300 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('x'.repeat(300), `${'X'.repeat(300)}.`, `${'x'.repeat(250)}.longer`),
    },
    { weight: 1, arbitrary: fc.array(fc.nat({ max: 0xffff })).map((units) => String.fromCharCode(...units)) },
  );
  const manifests = fc.array(fc.array(segments, { maxLength: 4 }), { maxLength: 12 });

  it('are safe already: the same again', () => {
    fc.assert(
      fc.property(manifests, (raw) => {
        const safe = safePaths(raw);
        expect(safePaths(safe)).toEqual(safe);
      }),
      { numRuns: 500 },
    );
  });

  it('are as many, distinct without regard to case, and no file is a folder', () => {
    fc.assert(
      fc.property(manifests, (raw) => {
        const safe = safePaths(raw);
        expect(safe).toHaveLength(raw.length);
        const files = new Set(safe.map(caseless));
        expect(files.size).toBe(raw.length);
        for (const names of safe)
          for (let depth = 1; depth < names.length; depth++)
            expect(files.has(caseless(names.slice(0, depth)))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('hold nothing that misleads or harms', () => {
    fc.assert(
      fc.property(manifests, (raw) => {
        for (const part of safePaths(raw).flat()) {
          expect(part).not.toMatch(/[/\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}]/u);
          expect(part).not.toMatch(/^\s|[\s.]$/u);
          expect(part).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
          expect(bytesOf(part)).toBeLessThanOrEqual(255);
          expect(part).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });
});
