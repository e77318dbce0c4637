import type { ShareContent } from '@shoal/shared/host/shareContent.ts';
import { titleOf } from '@shoal/shared/host/title.ts';
import { streamOf } from './chunks.ts';
import { saveStream } from './saveStream.ts';
import { type Zip, zipStream } from './zipStream.ts';

/** One file of a share, or all of them as a zip. */
export type SaveChoice = number | 'all';

/** What a save is called, and its bytes. */
export interface Saveable {
  readonly name: string;
  readonly size: number;
}

/** Nothing when there is no such file. */
export function saveableOf(content: ShareContent, what: SaveChoice): Saveable | undefined {
  if (what === 'all') return { name: `${zipNameOf(content)}.zip`, size: zipOf(content).size };
  const file = content.files[what];
  return file && { name: file.path.at(-1) ?? '', size: file.size };
}

/** Gives the bytes to whoever asks at the other end of the port, which is closed when there is no such file. */
export function save(content: ShareContent, what: SaveChoice, port: MessagePort): void {
  const source = what === 'all' ? zipOf(content) : fileOf(content, what);
  if (source.chunks === undefined) port.close();
  else void saveStream(port, source.chunks, source.size);
}

function fileOf(content: ShareContent, index: number) {
  return { chunks: content.stream(index), size: content.files[index]?.size };
}

function zipNameOf({ files }: ShareContent): string {
  return titleOf(files.map(({ path }) => path)) || 'shoal';
}

function zipOf(content: ShareContent): Zip {
  return zipStream(
    content.files
      .filter(({ wanted }) => wanted)
      .map(({ index, path, size }) => ({ path, size, stream: () => streamOf(content.stream(index)) })),
  );
}
