/** What a bencoded value may be (BEP 3); strings are bytes. */
export type Bencoded = number | Buffer | readonly Bencoded[] | Dictionary;

export interface Dictionary {
  readonly [key: string]: Bencoded;
}

export function encode(value: Bencoded): Buffer {
  if (typeof value === 'number') return Buffer.from(`i${value}e`);
  if (Buffer.isBuffer(value)) return Buffer.concat([Buffer.from(`${value.length}:`), value]);
  const inner = isList(value)
    ? ['l', ...value.map(encode)]
    : [
        'd',
        ...Object.keys(value)
          .toSorted()
          .flatMap((key) => [encode(Buffer.from(key)), encode(value[key]!)]),
      ];
  return Buffer.concat([...inner, 'e'].map((part) => Buffer.from(part)));
}

/** The dictionary that the bytes begin with. @throws Error when they do not begin with one. */
export function decodeDictionary(bytes: Buffer): Dictionary {
  const [value] = read(bytes, 0);
  if (typeof value === 'number' || Buffer.isBuffer(value) || isList(value))
    throw new Error(`bencode: expected a dictionary, received ${bytes.toString('latin1')}`);
  return value;
}

function read(bytes: Buffer, at: number): readonly [value: Bencoded, end: number] {
  const kind = String.fromCharCode(bytes[at] ?? 0);
  if (kind === 'i') {
    const end = bytes.indexOf('e', at);
    return [Number(bytes.toString('latin1', at + 1, end)), end + 1];
  }
  if (kind === 'l' || kind === 'd') return readItems(bytes, at + 1, kind);
  const begins = bytes.indexOf(':', at) + 1;
  const ends = begins + Number(bytes.toString('latin1', at, begins - 1));
  if (!/\d/.test(kind) || ends > bytes.length) throw new Error(`bencode: nothing to read at ${at}`);
  return [bytes.subarray(begins, ends), ends];
}

function readItems(bytes: Buffer, begins: number, kind: 'l' | 'd'): readonly [value: Bencoded, end: number] {
  const items: Bencoded[] = [];
  let at = begins;
  while (bytes[at] !== 'e'.charCodeAt(0)) {
    const [item, end] = read(bytes, at);
    items.push(item);
    at = end;
  }
  return [kind === 'l' ? items : dictionaryOf(items), at + 1];
}

/** @param items keys and values in turn. */
function dictionaryOf(items: readonly Bencoded[]): Dictionary {
  const dictionary: Record<string, Bencoded> = {};
  for (const [place, key] of items.entries())
    if (place % 2 === 0 && Buffer.isBuffer(key)) dictionary[key.toString()] = items[place + 1] ?? 0;
  return dictionary;
}

function isList(value: Bencoded): value is readonly Bencoded[] {
  return Array.isArray(value);
}
