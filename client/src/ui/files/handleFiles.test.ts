import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handleFiles } from './handleFiles.ts';

/** A folder as nested maps; a string is a file's content. */
type Tree = ReadonlyMap<string, string | Tree>;

function handleOf(name: string, inside: string | Tree): FileSystemHandle {
  const handle =
    typeof inside === 'string'
      ? { kind: 'file', name, getFile: () => Promise.resolve(new File([inside], name)) }
      : {
          kind: 'directory',
          name,
          async *values() {
            for (const [child, content] of inside) yield await Promise.resolve(handleOf(child, content));
          },
        };
  return handle as unknown as FileSystemHandle;
}

function flatten(tree: Tree, above: readonly string[] = []): (readonly [readonly string[], string])[] {
  return [...tree].flatMap(([name, inside]) =>
    typeof inside === 'string' ? [[[...above, name], inside] as const] : flatten(inside, [...above, name]),
  );
}

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc
    .dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.oneof({ maxDepth: 3 }, fc.string(), tie('tree')), {
      maxKeys: 4,
    })
    .map((record) => new Map(Object.entries(record))),
}));

describe('handleFiles', () => {
  it('finds every file of every folder under its path, and tells where they came from', async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (folder) => {
        const roots = [...folder].map(([name, inside]) => handleOf(name, inside));
        const result = await handleFiles(roots);
        const files = result.type === 'files' ? result.files : [];
        const found = files.map(async ({ path, file }) => [path, await file.text()]);
        expect(await Promise.all(found)).toEqual(flatten(folder));
        expect(result).toMatchObject(files.length > 0 ? { roots } : { type: 'empty' });
      }),
    );
  });

  it('names what is gone instead of leaving it out', async () => {
    const gone = { kind: 'file', name: 'b', getFile: () => Promise.reject(new Error('gone')) };
    const folder = {
      kind: 'directory',
      name: 'a',
      async *values() {
        yield await Promise.resolve(gone);
      },
    } as unknown as FileSystemHandle;
    expect(await handleFiles([handleOf('x', ''), folder])).toEqual({ type: 'unreadable', name: 'a/b' });
  });
});
