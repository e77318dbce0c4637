import type { Bytes } from '../base/bytes.ts';
import type { Bencoded } from '../content/bencode.ts';

/** Reads a dictionary whose sender is not trusted. Each reader gives nothing for what is absent, of another type or too long. */
export class Fields {
  readonly #items: ReadonlyMap<string, Bencoded>;

  constructor(items: ReadonlyMap<string, Bencoded>) {
    this.#items = items;
  }

  static of(value: Bencoded | undefined): Fields | undefined {
    return typeof value === 'object' && 'get' in value ? new Fields(value) : undefined;
  }

  /** A whole number from 0 to `most`. */
  number(name: string, most: number): number | undefined {
    const value = this.#items.get(name);
    return typeof value === 'number' && value >= 0 && value <= most ? value : undefined;
  }

  /** So many bytes. */
  exactly(name: string, length: number): Bytes | undefined {
    const value = this.#bytes(name);
    return value?.length === length ? value : undefined;
  }

  atMost(name: string, length: number): Bytes | undefined {
    const value = this.#bytes(name);
    return value !== undefined && value.length <= length ? value : undefined;
  }

  /** Bytes cut into parts of one length, at most so many of them. */
  parts(name: string, length: number, most: number): readonly Bytes[] | undefined {
    const value = this.atMost(name, length * most);
    if (value === undefined || value.length % length !== 0) return undefined;
    return Array.from({ length: value.length / length }, (_, index) =>
      value.slice(index * length, (index + 1) * length),
    );
  }

  fields(name: string): Fields | undefined {
    return Fields.of(this.#items.get(name));
  }

  /** A list, each of its dictionaries read; nothing when one is not readable. */
  list<T>(name: string, most: number, read: (fields: Fields) => T | undefined): readonly T[] | undefined {
    const value = this.#items.get(name);
    if (!Array.isArray(value) || value.length > most) return undefined;
    const items = value.map((item: Bencoded) => {
      const fields = Fields.of(item);
      return fields && read(fields);
    });
    return items.every((item) => item !== undefined) ? items : undefined;
  }

  #bytes(name: string): Bytes | undefined {
    const value = this.#items.get(name);
    return value instanceof Uint8Array ? value : undefined;
  }
}
