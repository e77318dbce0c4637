import { toUtf8 } from '../base/bytes.ts';

const MAX_NAME_BYTES = 255;
const UNNAMED = 'unnamed';

/** Controls, bidi and zero-width characters, fillers, line separators, halves of surrogate pairs: nobody sees them. */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/gu;
/** Separators, drive letters, and what Windows has no room for. */
const FORBIDDEN = /[/\\:*?"<>|]/g;
/** Windows cuts these off, and `.` and `..` are nothing else. */
const TRAILING = /[\s.]+$/u;
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|$)/i;
const EXTENSION = /(?<=.)\.[^.\s]{1,32}$/u;

/**
 * Paths that are safe to show and to save on any system, one for each given: no two of them the same whatever the case
 * of letters, and none a file where another has a folder. The same again for what is already safe.
 */
export function safePaths(paths: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const root = new Folder();
  return paths.map((path) => {
    const names = path.map(safeName);
    const folders = names.slice(0, -1).filter((name) => name !== '');
    return root.place(folders, names.at(-1) ?? '');
  });
}

/** The names in one folder that are taken, and the folders in it. */
class Folder {
  readonly #taken = new Set<string>();
  readonly #tries = new Map<string, number>();
  readonly #folders = new Map<string, { readonly name: string; readonly folder: Folder }>();

  place(folders: readonly string[], name: string): readonly string[] {
    const path: string[] = [];
    // A loop and not recursion: a manifest may nest as deep as its ten megabytes allow.
    const last = folders.reduce<Folder>((folder, wanted) => {
      const entered = folder.#enter(wanted);
      path.push(entered.name);
      return entered.folder;
    }, this);
    return [...path, last.#take(name === '' ? UNNAMED : name)];
  }

  #enter(wanted: string): { readonly name: string; readonly folder: Folder } {
    const known = this.#folders.get(wanted);
    if (known !== undefined) return known;
    const entered = { name: this.#take(wanted), folder: new Folder() };
    this.#folders.set(wanted, entered);
    return entered;
  }

  /** The name, or with the first number that makes it free. Numbers go on from the last try, or many equal names would take for ever. */
  #take(wanted: string): string {
    let tries = this.#tries.get(caseless(wanted)) ?? 1;
    let name = wanted;
    while (this.#taken.has(caseless(name))) name = numbered(wanted, ++tries);
    this.#tries.set(caseless(wanted), tries);
    this.#taken.add(caseless(name));
    return name;
  }
}

/** The name without what could mislead or harm; empty when nothing is left. */
function safeName(raw: string): string {
  const visible = raw.replace(INVISIBLE, '').normalize('NFC').replace(FORBIDDEN, '_');
  const name = visible.trimStart().replace(TRAILING, '');
  return shortened(RESERVED.test(name) ? reserved(name) : name, '').replace(TRAILING, '');
}

/** `con.tar.gz` becomes `con_.tar.gz`. */
function reserved(name: string): string {
  return name.replace(/\s*(?=\.|$)/, '_');
}

function numbered(name: string, number: number): string {
  return shortened(name, ` (${number})`);
}

/** The name with a suffix before its extension, cut before the suffix so that it fits. */
function shortened(name: string, suffix: string): string {
  const extension = EXTENSION.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - extension.length);
  const room = MAX_NAME_BYTES - toUtf8(suffix + extension).length;
  return prefixOf(stem, room) + suffix + extension;
}

/** As many whole characters as fit into so many bytes of UTF-8. */
function prefixOf(text: string, room: number): string {
  if (toUtf8(text).length <= room) return text;
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += toUtf8(character).length;
    if (bytes > room) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Equal for names that some file system takes for one. */
function caseless(name: string): string {
  return name.toUpperCase().toLowerCase().normalize('NFC');
}
