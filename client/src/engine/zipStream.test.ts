import type { Bytes } from '@shoal/shared/base/bytes.ts';
import { predictLength } from 'client-zip';
import { unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { type ZipFile, zipStream } from './zipStream.ts';

const GIB = 1024 ** 3;

describe('zipStream', () => {
  it('holds every file with its folders, the empty one too, and comes to the size it says', async () => {
    const zip = zipStream([
      file('album/Ä/one.txt', 'first'),
      file('album/empty', ''),
      file('two', 'x'.repeat(100_000)),
    ]);
    const bytes = await whole(zip.chunks);
    expect(bytes.length).toBe(zip.size);
    expect(read(bytes)).toEqual([
      ['album/Ä/one.txt', 'first'],
      ['album/empty', ''],
      ['two', 'x'.repeat(100_000)],
    ]);
  });

  it('is an empty zip when there is nothing', async () => {
    const zip = zipStream([]);
    expect((await whole(zip.chunks)).length).toBe(zip.size);
  });

  it('has room for ten thousand files', async () => {
    const zip = zipStream(Array.from({ length: 10_000 }, (_, index) => file(`many/${index}`, `${index}`)));
    const bytes = await whole(zip.chunks);
    expect(bytes.length).toBe(zip.size);
    expect(read(bytes)[9_999]).toEqual(['many/9999', '9999']);
  });

  it('numbers more files than two bytes count, as zip64 does, and is read by others', async () => {
    const files = Array.from({ length: 70_000 }, (_, index) => file(`many/${index}`, `${index}`));
    const zip = zipStream(files);
    const bytes = await whole(zip.chunks);
    expect(bytes.length).toBe(zip.size);
    expect(entriesInZip64(bytes)).toBe(70_000);
    const unpacked = Object.entries(unzipSync(bytes));
    expect(unpacked).toHaveLength(70_000);
    expect(unpacked.every(([name, text]) => name === `many/${Buffer.from(text).toString()}`)).toBe(true);
  });

  it.each([
    ['two bytes still count', 65_534, [], 0],
    ['two bytes count no more', 65_535, [], 76],
    ['one of them is beyond 4 GiB', 70_000, [5 * GIB], 0],
    ['all of them together are', 70_000, [3 * GIB, 3 * GIB], 0],
  ])('adds an end in zip64 to what the writer does: where %s', (_, empty, sizes, added) => {
    const files = Array.from({ length: empty }, (__, index) => file(`${index}`, ''));
    for (const [index, size] of sizes.entries()) files.push({ ...file(`large ${index}`, ''), size });
    const written = predictLength(files.map(({ path, size }) => ({ name: path[0], size })));
    expect(zipStream(files).size - Number(written)).toBe(added);
  });

  it('counts what zip64 adds to files beyond 4 GiB', () => {
    const plain = 30 + 16 + 46 + 22 + 2 * 'big'.length;
    expect(zipStream([{ ...file('big', ''), size: GIB }]).size).toBe(GIB + plain);
    expect(zipStream([{ ...file('big', ''), size: 5 * GIB }]).size).toBe(5 * GIB + plain + 8 + 28 + 76);
  });

  it('keeps times to what a zip can say', async () => {
    const dated = (lastModified: number): ZipFile => ({ ...file('a', 'a'), lastModified });
    const time = new Date(2024, 4, 6, 7, 8, 10);
    const [known, early, late] = [time.getTime(), -1e12, 1e14]
      .map(dated)
      .map((one) => whole(zipStream([one]).chunks));
    expect(dosDate(await known!)).toEqual([2024, 5, 6]);
    expect(dosDate(await early!)).toEqual([1980, 1, 1]);
    expect(dosDate(await late!)).toEqual([2107, 12, 31]);
    expect(dosDate(await whole(zipStream([file('a', 'a')]).chunks))).toEqual([1980, 1, 1]);
  });

  it.each([
    [[]],
    [['']],
    [['..', 'a']],
    [['a', '.']],
    [['a/b']],
    [['a\\b']],
    [['c:']],
    [['a\0']],
    [['a\ud800']],
    [['x'.repeat(65_536)]],
  ])('refuses the path %o', (path: string[]) => {
    expect(() => zipStream([{ ...file('a', ''), path }])).toThrow(RangeError);
  });

  it('refuses a path that comes twice', () => {
    expect(() => zipStream([file('a', ''), file('a', '')])).toThrow(/once/);
  });

  it.each([3, 6])('fails when a file of 5 bytes claims to have %i', async (size) => {
    await expect(whole(zipStream([{ ...file('a', 'five!'), size }]).chunks)).rejects.toThrow(
      `expected ${size} bytes`,
    );
  });

  it('opens files one by one, and cancels the one it is at when it is called off', async () => {
    const cancel = vi.fn();
    const opened: string[] = [];
    const endless = (name: string): ZipFile => ({
      path: [name],
      size: GIB,
      stream() {
        opened.push(name);
        return new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1000)), cancel });
      },
    });
    let taken = 0;
    for await (const chunk of zipStream([endless('a'), endless('b')]).chunks)
      if ((taken += chunk.length) > 9000) break;
    expect(cancel).toHaveBeenCalledOnce();
    expect(opened).toEqual(['a']);
  });
});

function file(path: string, text: string): ZipFile {
  const bytes = new TextEncoder().encode(text);
  const start = (controller: ReadableStreamDefaultController<Bytes>): void => {
    if (bytes.length > 0) controller.enqueue(bytes);
    controller.close();
  };
  return { path: path.split('/'), size: bytes.length, stream: () => new ReadableStream({ start }) };
}

async function whole(chunks: AsyncIterable<Bytes>): Promise<Buffer> {
  const taken: Bytes[] = [];
  for await (const chunk of chunks) taken.push(chunk);
  return Buffer.concat(taken);
}

/** By the central directory, as unpackers do it (APPNOTE 4.3). */
function read(zip: Buffer): [string, string][] {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const files: [string, string][] = [];
  let entry = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [size, name] = [zip.readUInt32LE(entry + 24), zip.readUInt16LE(entry + 28)];
    const header = zip.readUInt32LE(entry + 42);
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    files.push([
      zip.toString('utf8', entry + 46, entry + 46 + name),
      zip.toString('utf8', start, start + size),
    ]);
    entry += 46 + name + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
  }
  return files;
}

/** How many entries zip64's end tells of, which is checked to lie where its locator says (APPNOTE 4.3.14 to 4.3.16). */
function entriesInZip64(zip: Buffer): number {
  const end = zip.length - 22;
  const locator = end - 20;
  const end64 = Number(zip.readBigUInt64LE(locator + 8));
  expect(zip.toString('latin1', locator, locator + 4)).toBe('PK\x06\x07');
  expect(zip.toString('latin1', end64, end64 + 4)).toBe('PK\x06\x06');
  expect(end64 + 12 + Number(zip.readBigUInt64LE(end64 + 4))).toBe(locator);
  const [here, all, size, start] = [24, 32, 40, 48].map((place) =>
    Number(zip.readBigUInt64LE(end64 + place)),
  );
  expect([size, start]).toEqual([zip.readUInt32LE(end + 12), zip.readUInt32LE(end + 16)]);
  expect(start! + size!).toBe(end64);
  expect(here).toBe(all);
  return all!;
}

function dosDate(zip: Buffer): number[] {
  const date = zip.readUInt16LE(12);
  return [(date >> 9) + 1980, (date >> 5) & 15, date & 31];
}
