import { safePaths } from '../content/names.ts';
import type { ChosenFile, FileSnapshot } from './snapshot.ts';

export type Match =
  | { readonly type: 'same'; readonly files: readonly ChosenFile[] }
  /** Files that are missing, or have another size. */
  | { readonly type: 'differ'; readonly names: readonly string[] };

/** Finds the files of a share among those chosen anew: by path, else by name. What is not of the share is left aside. */
export function matchFiles(expected: readonly FileSnapshot[], chosen: readonly ChosenFile[]): Match {
  const byPath = new Map<string, ChosenFile>();
  const byName = new Map<string, ChosenFile>();
  const paths = safePaths(chosen.map(({ path }) => path));
  for (const [place, file] of chosen.entries()) {
    const path = paths[place] ?? file.path;
    byPath.set(path.join('/'), file);
    byName.set(path.at(-1) ?? '', file);
  }
  const found = expected.map(({ path, size }) => {
    const file = byPath.get(path.join('/')) ?? byName.get(path.at(-1) ?? '');
    return file?.file.size === size ? file : undefined;
  });
  const files = found.filter((file) => file !== undefined);
  if (files.length === expected.length) return { type: 'same', files };
  const names = expected.filter((_, place) => found[place] === undefined).map(({ path }) => path.join('/'));
  return { type: 'differ', names };
}
