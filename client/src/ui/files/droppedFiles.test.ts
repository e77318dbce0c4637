import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dropped, droppedFiles, listedFiles } from './droppedFiles.ts';

const BATCH = 100;

/** A folder as nested maps; a string is a file's content. */
type Tree = ReadonlyMap<string, string | Tree>;

function fileEntry(name: string, content: string): FileSystemEntry {
  return {
    isFile: true,
    isDirectory: false,
    name,
    file: (give: (file: File) => void) => give(new File([content], name)),
  } as unknown as FileSystemEntry;
}

function folderEntry(name: string, tree: Tree): FileSystemEntry {
  return {
    isFile: false,
    isDirectory: true,
    name,
    createReader() {
      const left = [...tree].map(([child, inside]) => entryOf(child, inside));
      return { readEntries: (give: (some: FileSystemEntry[]) => void) => give(left.splice(0, BATCH)) };
    },
  } as unknown as FileSystemEntry;
}

function entryOf(name: string, inside: string | Tree): FileSystemEntry {
  return typeof inside === 'string' ? fileEntry(name, inside) : folderEntry(name, inside);
}

function drop(tree: Tree): Dropped {
  return {
    items: [...tree].map(([name, inside]) => ({
      kind: 'file',
      webkitGetAsEntry: () => entryOf(name, inside),
      getAsFile: () => null,
    })),
  };
}

function flatten(tree: Tree, above: readonly string[] = []): (readonly [string, string])[] {
  return [...tree].flatMap(([name, inside]) =>
    typeof inside === 'string'
      ? [[[...above, name].join('/'), inside] as const]
      : flatten(inside, [...above, name]),
  );
}

async function contents(dropped: Dropped): Promise<(readonly [string, string])[]> {
  const result = await droppedFiles(dropped);
  if (result.type !== 'files') return [];
  return Promise.all(
    result.files.map(async ({ path, file }) => [path.join('/'), await file.text()] as const),
  );
}

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc
    .dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.oneof({ maxDepth: 3 }, fc.string(), tie('tree')), {
      maxKeys: 4,
    })
    .map((record) => new Map(Object.entries(record))),
}));

describe('droppedFiles', () => {
  it('finds every file of every folder under its path, empty ones too', async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (folder) => {
        expect(await contents(drop(folder))).toEqual(flatten(folder));
      }),
    );
  });

  it('reads folders of more entries than are told at once', async () => {
    const many = new Map(Array.from({ length: 2 * BATCH + 1 }, (_, index) => [`${index}.txt`, ''] as const));
    expect(await contents(drop(new Map([['many', many]])))).toEqual(flatten(new Map([['many', many]])));
  });

  it('tells when there is no file', async () => {
    expect(await droppedFiles(drop(new Map([['folder', new Map()]])))).toEqual({ type: 'empty' });
    expect(await droppedFiles({ items: [] })).toEqual({ type: 'empty' });
  });

  it('names what cannot be read instead of leaving it out', async () => {
    const locked = {
      isFile: true,
      name: 'locked',
      file: (_: unknown, fail: (error: Error) => void) => fail(new Error('no')),
    };
    const dropped = {
      items: [
        { kind: 'file', webkitGetAsEntry: () => locked as unknown as FileSystemEntry, getAsFile: () => null },
      ],
    };
    expect(await droppedFiles(dropped)).toEqual({ type: 'unreadable', name: 'locked' });
  });

  it('takes plain files where there are no entries, and ignores dropped text', async () => {
    const file = new File(['x'], 'x.txt');
    const item = (kind: string) => ({ kind, webkitGetAsEntry: () => null, getAsFile: () => file });
    expect(await droppedFiles({ items: [item('string'), item('file')] })).toEqual({
      type: 'files',
      files: [{ path: ['x.txt'], file }],
      roots: [],
    });
  });

  it('keeps handles of all that was dropped, or of nothing', async () => {
    const file = new File(['x'], 'x.txt');
    const handle = { kind: 'file', name: 'x.txt' } as FileSystemHandle;
    const item = (getAsFileSystemHandle: () => Promise<FileSystemHandle | null>) => ({
      kind: 'file',
      webkitGetAsEntry: () => null,
      getAsFile: () => file,
      getAsFileSystemHandle,
    });
    const good = item(() => Promise.resolve(handle));
    const roots = async (...items: (typeof good)[]) => {
      const result = await droppedFiles({ items });
      return result.type === 'files' ? result.roots : undefined;
    };
    expect(await roots(good, good)).toEqual([handle, handle]);
    expect(
      await roots(
        good,
        item(() => Promise.resolve(null)),
      ),
    ).toEqual([]);
    expect(
      await roots(
        good,
        item(() => Promise.reject(new Error('no'))),
      ),
    ).toEqual([]);
  });
});

describe('listedFiles', () => {
  it('keeps the place in a chosen folder', () => {
    const loose = Object.assign(new File([], 'a'), { webkitRelativePath: '' });
    const placed = Object.assign(new File([], 'c'), { webkitRelativePath: 'b/c' });
    expect(listedFiles([loose, placed])).toEqual({
      type: 'files',
      files: [
        { path: ['a'], file: loose },
        { path: ['b', 'c'], file: placed },
      ],
      roots: [],
    });
    expect(listedFiles([])).toEqual({ type: 'empty' });
  });
});
