import type { ChosenFile } from '@shoal/shared/host/snapshot.ts';

/** What came of looking through what a person dropped or chose. */
export type FilesResult =
  | {
      readonly type: 'files';
      readonly files: readonly ChosenFile[];
      /** All that was chosen, as the browser can read it again later; empty where it cannot. */
      readonly roots: readonly FileSystemHandle[];
    }
  /** Folders without a single file in them, or no file at all. */
  | { readonly type: 'empty' }
  /** Something in there could not be read, so the whole would not have been what the person meant. */
  | { readonly type: 'unreadable'; readonly name: string };

/** The part of DataTransfer that is used. It is emptied when the event ends: call without awaiting anything before. */
export interface Dropped {
  readonly items: ArrayLike<{
    readonly kind: string;
    webkitGetAsEntry(): FileSystemEntry | null;
    getAsFile(): File | null;
    /** Not in every browser. */
    getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
  }>;
}

/** All files that were dropped, folders walked to the bottom, in the order the browser tells them. */
export function droppedFiles(dropped: Dropped): Promise<FilesResult> {
  const chosen: ChosenFile[] = [];
  const entries: FileSystemEntry[] = [];
  const items = Array.from(dropped.items).filter(({ kind }) => kind === 'file');
  const roots = items.map((item) => item.getAsFileSystemHandle?.() ?? Promise.resolve(null));
  for (const item of items) {
    const entry = item.webkitGetAsEntry();
    const file = entry ? null : item.getAsFile();
    if (entry) entries.push(entry);
    if (file) chosen.push({ path: [file.name], file });
  }
  return walk(entries, chosen, allOf(roots));
}

/** The files of an `<input type=file>`; with `webkitdirectory` each tells its place in the folder. */
export function listedFiles(list: ArrayLike<File>): FilesResult {
  return resultOf(
    Array.from(list, (file) => ({
      path: file.webkitRelativePath === '' ? [file.name] : file.webkitRelativePath.split('/'),
      file,
    })),
    [],
  );
}

/** None unless the browser gives every one: a part of a share would not do. */
async function allOf(
  asked: readonly Promise<FileSystemHandle | null>[],
): Promise<readonly FileSystemHandle[]> {
  try {
    const roots = await Promise.all(asked);
    return roots.every((root) => root !== null) ? roots : [];
  } catch {
    return [];
  }
}

async function walk(
  entries: readonly FileSystemEntry[],
  chosen: ChosenFile[],
  roots: Promise<readonly FileSystemHandle[]>,
): Promise<FilesResult> {
  for (const entry of entries) {
    const unreadable = await visit(entry, [], chosen);
    if (unreadable !== undefined) return { type: 'unreadable', name: unreadable };
  }
  return resultOf(chosen, await roots);
}

/** Adds the files at and below an entry. Returns the name of what could not be read. */
async function visit(
  entry: FileSystemEntry,
  above: readonly string[],
  chosen: ChosenFile[],
): Promise<string | undefined> {
  const path = [...above, entry.name];
  try {
    if (isFile(entry)) chosen.push({ path, file: await fileOf(entry) });
    const inside = isDirectory(entry) ? await entriesOf(entry) : [];
    for (const child of inside) {
      const unreadable = await visit(child, path, chosen);
      if (unreadable !== undefined) return unreadable;
    }
  } catch {
    return path.join('/');
  }
  return undefined;
}

/** `readEntries` gives at most a hundred at a time, and none when there are no more. */
async function entriesOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function resultOf(files: readonly ChosenFile[], roots: readonly FileSystemHandle[]): FilesResult {
  return files.length === 0 ? { type: 'empty' } : { type: 'files', files, roots };
}
