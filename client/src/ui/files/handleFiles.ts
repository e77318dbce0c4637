import type { ChosenFile } from '@shoal/shared/host/snapshot.ts';
import type { FilesResult } from './droppedFiles.ts';

/** All files at and below what was chosen, under the paths that a drop would give them. */
export async function handleFiles(roots: readonly FileSystemHandle[]): Promise<FilesResult> {
  const files: ChosenFile[] = [];
  for (const root of roots) {
    const unreadable = await visit(root, [], files);
    if (unreadable !== undefined) return { type: 'unreadable', name: unreadable };
  }
  return files.length === 0 ? { type: 'empty' } : { type: 'files', files, roots };
}

/** Adds the files at and below a handle. Returns the name of what could not be read. */
async function visit(
  handle: FileSystemHandle,
  above: readonly string[],
  files: ChosenFile[],
): Promise<string | undefined> {
  const path = [...above, handle.name];
  try {
    if (isFile(handle)) files.push({ path, file: await handle.getFile() });
    if (!isDirectory(handle)) return undefined;
    for await (const child of handle.values()) {
      const unreadable = await visit(child, path, files);
      if (unreadable !== undefined) return unreadable;
    }
  } catch {
    return path.join('/');
  }
  return undefined;
}

function isFile(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file';
}

function isDirectory(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === 'directory';
}
