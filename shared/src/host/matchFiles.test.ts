import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchFiles } from './matchFiles.ts';
import type { ChosenFile, FileSnapshot } from './snapshot.ts';

function row(path: string, size: number, index = 0): FileSnapshot {
  return { index, path: path.split('/'), size, have: 0, wanted: true };
}

function file(path: string, size: number): ChosenFile {
  return { path: path.split('/'), file: new Blob([new Uint8Array(size)]) };
}

describe('files given again', () => {
  test('in whatever order, among others', () => {
    const chosen = [file('x/c', 3), file('x/b', 2), file('x/a', 1)];
    const match = matchFiles([row('x/a', 1), row('x/b', 2)], chosen);
    expect(match).toEqual({ type: 'same', files: [chosen[2], chosen[1]] });
  });

  test('under a new folder name, files of one name and size are told apart by their folders', () => {
    const chosen = [file('y/2/a', 5), file('y/1/a', 5)];
    const match = matchFiles([row('x/1/a', 5), row('x/2/a', 5)], chosen);
    expect(match).toEqual({ type: 'same', files: [chosen[1], chosen[0]] });
  });

  test('without their folder', () => {
    const chosen = [file('a', 1)];
    expect(matchFiles([row('x/y/a', 1)], chosen)).toEqual({ type: 'same', files: chosen });
  });

  test('one file does not stand for two', () => {
    const chosen = [file('x/1/a', 5), file('x/2/a', 4)];
    expect(matchFiles([row('x/1/a', 5), row('x/2/a', 5)], chosen)).toEqual({
      type: 'differ',
      names: ['x/2/a'],
    });
  });

  test('missing ones and those of another size are named', () => {
    const match = matchFiles([row('a', 1), row('b', 2), row('c', 3)], [file('a', 1), file('b', 3)]);
    expect(match).toEqual({ type: 'differ', names: ['b', 'c'] });
  });

  test('any folder matches itself, shuffled and renamed', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    const path = fc.array(name, { minLength: 1, maxLength: 3 });
    const files = fc.uniqueArray(path, { selector: (each) => each.join('/'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(files, fc.array(fc.nat(5), { minLength: 12, maxLength: 12 }), (paths, sizes) => {
        // A path that is another's folder cannot be on a disk.
        const names = paths.map((each) => `${each.join('.d/')}.bin`);
        const expected = names.map((each, place) => row(`old/${each}`, sizes[place]!, place));
        const chosen = names.map((each, place) => file(`new/${each}`, sizes[place]!));
        expect(matchFiles(expected, [...chosen].reverse())).toEqual({ type: 'same', files: chosen });
      }),
    );
  });
});
