import { type Bytes, concat } from '@shoal/shared/base/bytes.ts';

/** A stream's chunks; ending early cancels the stream. Not every browser's streams can be iterated as they are. */
export async function* chunksOf<Chunk>(stream: ReadableStream<Chunk>): AsyncGenerator<Chunk, void> {
  const reader = stream.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    // Settles nothing where the stream has ended by itself.
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * The same bytes in chunks of at least `least`, the last one aside, each alone in its buffer so that it can be
 * transferred. A chunk that is so already is passed on, and with it its buffer.
 */
export async function* gathered(source: AsyncIterable<Bytes>, least: number): AsyncGenerator<Bytes, void> {
  let parts: Bytes[] = [];
  let length = 0;
  for await (const chunk of source) {
    parts.push(chunk);
    length += chunk.length;
    if (length < least) continue;
    yield joined(parts);
    parts = [];
    length = 0;
  }
  if (length > 0) yield joined(parts);
}

function joined(parts: readonly Bytes[]): Bytes {
  const [first, ...others] = parts;
  return first?.byteLength === first?.buffer.byteLength && first !== undefined && others.length === 0
    ? first
    : concat(...parts);
}

/** The same chunks as a stream, which is read no further ahead than asked. Nothing to read is an empty stream. */
export function streamOf<Chunk>(chunks: AsyncGenerator<Chunk, void> | undefined): ReadableStream<Chunk> {
  return new ReadableStream<Chunk>(
    {
      async pull(controller) {
        const next = await chunks?.next();
        if (next === undefined || next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await chunks?.return();
      },
    },
    { highWaterMark: 0 },
  );
}
