import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { concat, toUtf8 } from '@shoal/shared/base/bytes.ts';
import { openManifest, sealManifest } from '@shoal/shared/content/manifest.ts';
import { nobleCrypto } from '@shoal/shared/platform/nobleCrypto.ts';
import { streamOf } from './chunks.ts';
import { zipStream } from './zipStream.ts';

const KEY = new Uint8Array(32).fill(7);

/** What a sender may put into a manifest who does not use this page. */
const HOSTILE: readonly (readonly string[])[] = [
  ['..', '..', 'etc', 'passwd'],
  ['/etc/passwd'],
  ['/', 'etc', 'passwd'],
  ['C:\\Windows\\System32\\evil.dll'],
  ['\\\\server\\share\\evil'],
  ['folder', '..', '..', 'out.txt'],
  ['.', '.'],
  ['', '', ''],
  ['__proto__', 'polluted'],
  ['constructor', 'prototype'],
  ['con.txt'],
  ['CON.TXT'],
  ['same'],
  ['SAME'],
  ['same', 'file below a file'],
  ['invoice\u202Efdp.exe'],
  ['zero\u200Bwidth.txt'],
  [`${'x'.repeat(400)}.pdf`],
  ['trailing. . '],
  ['nul\u0000byte.txt'],
  ['half \uD800 a character'],
  ['<script>alert(1)</script>'],
];

describe('rows 44 to 48 and 50: a manifest of hostile names', async () => {
  const files = HOSTILE.map((path) => ({ path, size: 4, type: 'text/html' }));
  const sealed = await sealManifest(nobleCrypto, KEY, { files });
  const opened = openManifest(nobleCrypto, KEY, sealed, 4 * files.length);
  const paths = opened.type === 'manifest' ? opened.manifest.files.map(({ path }) => path) : [];

  it('opens, and every path is of plain names that any system takes', () => {
    expect(paths).toHaveLength(HOSTILE.length);
    for (const name of paths.flat()) {
      expect(name).not.toMatch(/^\.{0,2}$|[/\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}]|[. ]$/u);
      expect(name).not.toMatch(/^(?:con|nul)(?:\.|$)/i);
      expect(toUtf8(name).length).toBeLessThanOrEqual(255);
    }
    const caseless = paths.map((path) => path.join('/').toLowerCase());
    expect(new Set(caseless).size).toBe(HOSTILE.length);
    expect(paths.at(15)?.at(-1)).toBe('invoicefdp.exe');
    expect(paths.at(17)?.at(-1)).toMatch(/^x+\.pdf$/);
  });

  it('is unpacked from its zip within one folder, each file with its own bytes', async () => {
    const zip = zipStream(
      paths.map((path, place) => ({
        path,
        size: 4,
        stream: () => streamOf(one(new Uint8Array(4).fill(place))),
      })),
    );
    const chunks = [];
    for await (const chunk of zip.chunks) chunks.push(chunk);
    const entries = new Map(Object.entries(unzipSync(concat(...chunks))));
    expect([...entries.keys()]).toEqual(paths.map((path) => path.join('/')));
    expect([...entries.values()].map(([first]) => first)).toEqual(paths.map((_, place) => place));
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

async function* one<T>(value: T): AsyncGenerator<T, void> {
  yield await Promise.resolve(value);
}
