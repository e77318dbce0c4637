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
  const byEnding = endings(chosen);
  const found = new Map<FileSnapshot, ChosenFile>();
  const taken = new Set<ChosenFile>();
  const deepest = expected.reduce((most, { path }) => Math.max(most, path.length), 0);
  for (let length = deepest; length > 0 && found.size < expected.length; length--)
    for (const row of expected) {
      if (found.has(row) || row.path.length < length) continue;
      const alike = byEnding.get(row.path.slice(-length).join('/')) ?? [];
      const file = alike.find((each) => each.file.size === row.size && !taken.has(each));
      if (file === undefined) continue;
      found.set(row, file);
      taken.add(file);
    }
  return matchOf(expected, found);
}

function matchOf(expected: readonly FileSnapshot[], found: ReadonlyMap<FileSnapshot, ChosenFile>): Match {
  const missing = expected.filter((row) => !found.has(row));
  if (missing.length > 0) return { type: 'differ', names: missing.map(({ path }) => path.join('/')) };
  return { type: 'same', files: expected.flatMap((row) => found.get(row) ?? []) };
}

/** The files by every ending of their paths: `a/b/c`, `b/c`, `c`. */
function endings(chosen: readonly ChosenFile[]): ReadonlyMap<string, readonly ChosenFile[]> {
  const paths = safePaths(chosen.map(({ path }) => path));
  const byEnding = new Map<string, ChosenFile[]>();
  for (const [place, file] of chosen.entries()) {
    const path = paths[place] ?? file.path;
    for (let left = 0; left < path.length; left++) {
      const ending = path.slice(left).join('/');
      const alike = byEnding.get(ending);
      if (alike === undefined) byEnding.set(ending, [file]);
      else alike.push(file);
    }
  }
  return byEnding;
}
