import { safePaths } from '../content/names.ts';
import type { ChosenFile, FileSnapshot } from './snapshot.ts';

export type Match =
  | { readonly type: 'same'; readonly files: readonly ChosenFile[] }
  /** Files that are missing, or have another size. */
  | { readonly type: 'differ'; readonly names: readonly string[] };

/**
 * Finds the files of a share among those chosen anew: each by the longest ending that its path shares with one of the
 * same size, so that a folder may have been renamed, moved, or chosen with what is around it.
 */
export function matchFiles(expected: readonly FileSnapshot[], chosen: readonly ChosenFile[]): Match {
  const paths = safePaths(chosen.map(({ path }) => path));
  const byEnding = new Map<string, ChosenFile[]>();
  for (const [place, file] of chosen.entries())
    for (const ending of endingsOf(paths[place] ?? file.path)) {
      const known = byEnding.get(ending);
      if (known === undefined) byEnding.set(ending, [file]);
      else known.push(file);
    }
  const found = expected.map(({ path, size }) => findFile(byEnding, path, size));
  const files = found.filter((file) => file !== undefined);
  if (files.length === expected.length) return { type: 'same', files };
  const names = expected.filter((_, place) => found[place] === undefined).map(({ path }) => path.join('/'));
  return { type: 'differ', names };
}

function findFile(
  byEnding: ReadonlyMap<string, readonly ChosenFile[]>,
  path: readonly string[],
  size: number,
): ChosenFile | undefined {
  for (const ending of endingsOf(path)) {
    const file = byEnding.get(ending)?.find((each) => each.file.size === size);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** `a/b/c`, `b/c`, `c`. */
function endingsOf(path: readonly string[]): string[] {
  return path.map((_, place) => path.slice(place).join('/'));
}
