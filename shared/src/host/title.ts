/** What to call a set of files: the only file, or the folder they share, or how many there are. Nothing for none. */
export function titleOf(paths: readonly (readonly string[])[]): string {
  const [first] = paths;
  if (first === undefined) return '';
  if (paths.length === 1) return first.at(-1) ?? '';
  const [folder] = first;
  const shared = paths.every((path) => path.length > 1 && path[0] === folder);
  return shared && folder !== undefined ? folder : `${first.at(-1) ?? ''} + ${paths.length - 1}`;
}
