import { createDecipheriv } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bytes, toUtf8 } from '../base/bytes.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import {
  type Manifest,
  manifestOffsets,
  MAX_FILES,
  MAX_MANIFEST,
  openManifest,
  sealManifest,
} from './manifest.ts';

const key = new Uint8Array(32).fill(5);
const nonce = new Uint8Array(12);

function sealed(plain: Uint8Array): Bytes {
  return nobleCrypto.seal(key, nonce, deflateRawSync(plain));
}

function sealedJson(value: unknown): Bytes {
  return sealed(toUtf8(JSON.stringify(value)));
}

const open = (bytes: Bytes, length: number) => openManifest(nobleCrypto, key, bytes, length);
const file = { path: ['a', 'b.txt'], size: 3, type: 'text/plain' };

const manifests = fc
  .uniqueArray(
    fc.stringMatching(/^[a-z0-9]{1,8}$/).filter((name) => !/^(con|prn|aux|nul|(com|lpt)\d)$/.test(name)),
    {
      minLength: 1,
      maxLength: 20,
    },
  )
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc
          .record({
            size: fc.nat(),
            type: fc.constantFrom('', 'text/plain'),
            folder: fc.constantFrom('', 'Z-folder'),
          })
          .map(({ size, type, folder }) => ({ path: folder === '' ? [name] : [folder, name], size, type })),
      ),
    ),
  )
  .map((files): Manifest => ({ files }));

const total = ({ files }: Manifest) => files.reduce((sum, { size }) => sum + size, 0);

describe('a manifest', () => {
  it('opens as it was sealed', async () => {
    await fc.assert(
      fc.asyncProperty(manifests, async (manifest) => {
        const bytes = await sealManifest(nobleCrypto, key, manifest);
        expect(open(bytes, total(manifest))).toEqual({ type: 'manifest', manifest });
      }),
      { numRuns: 50 },
    );
  });

  it('is deflated JSON under AES-256-GCM, as another implementation reads it', async () => {
    const bytes = await sealManifest(nobleCrypto, key, { files: [file] });
    const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(bytes.slice(-16));
    const text = inflateRawSync(Buffer.concat([decipher.update(bytes.slice(0, -16)), decipher.final()]));
    expect(text.toString()).toBe('{"files":[{"path":["a","b.txt"],"size":3,"type":"text/plain"}]}');
  });

  it('knows where its files start', () => {
    const sizes = [3, 0, 5, 0];
    expect(manifestOffsets({ files: sizes.map((size) => ({ ...file, size })) })).toEqual([0, 3, 3, 8]);
  });

  it('comes with safe paths', async () => {
    const raw = [['..', 'a'], ['A'], ['half\uD800']];
    const bytes = await sealManifest(nobleCrypto, key, {
      files: raw.map((path) => ({ path, size: 0, type: '' })),
    });
    const result = open(bytes, 0);
    const paths = result.type === 'manifest' ? result.manifest.files.map(({ path }) => path) : [];
    expect(paths).toEqual([['a'], ['A (2)'], ['half']]);
  });

  it('does not open with another key, nor with a byte changed', async () => {
    const bytes = await sealManifest(nobleCrypto, key, { files: [file] });
    const wrong = new Uint8Array(32);
    expect(openManifest(nobleCrypto, wrong, bytes, 3)).toEqual({ type: 'wrong-key' });
    for (let place = 0; place < bytes.length; place++) {
      const changed = bytes.slice();
      changed[place]! ^= 1;
      expect(open(changed, 3)).toEqual({ type: 'wrong-key' });
    }
    expect(open(new Uint8Array(), 3)).toEqual({ type: 'wrong-key' });
  });

  it.each<[string, unknown]>([
    ['no object', 5],
    ['null', null],
    ['no files', {}],
    ['an empty list', { files: [] }],
    ['files that are no list', { files: { length: 1 } }],
    ['a path that is text', { files: [{ ...file, path: 'a/b' }] }],
    ['an empty path', { files: [{ ...file, path: [] }] }],
    ['a path of numbers', { files: [{ ...file, path: [1] }] }],
    ['no size', { files: [{ path: ['a'], type: '' }] }],
    [
      'a negative size',
      {
        files: [
          { ...file, size: -3 },
          { ...file, size: 6 },
        ],
      },
    ],
    [
      'half a byte',
      {
        files: [
          { ...file, size: 1.5 },
          { ...file, size: 1.5 },
        ],
      },
    ],
    ['an unsafe size', { files: [{ ...file, size: 2 ** 53 }] }],
    ['sizes beyond the stream', { files: [file, file] }],
    ['sizes short of the stream', { files: [{ ...file, size: 2 }] }],
    ['a type that is no text', { files: [{ ...file, type: null }] }],
    ['a type without end', { files: [{ ...file, type: 'x'.repeat(256) }] }],
  ])('with %s is invalid', (_, value) => {
    expect(open(sealedJson(value), 3).type).toBe('invalid');
  });

  it('that is no JSON, no UTF-8 or not deflated is invalid', () => {
    expect(open(sealed(toUtf8('{"files"')), 3).type).toBe('invalid');
    expect(open(sealed(Uint8Array.of(0x22, 0xff, 0x22)), 3).type).toBe('invalid');
    expect(open(nobleCrypto.seal(key, nonce, toUtf8('plain')), 3).type).toBe('invalid');
  });

  it('passes over keys it does not know, __proto__ among them', () => {
    const text =
      '{"__proto__":{"polluted":1},"files":[{"path":["__proto__"],"size":3,"type":"","__proto__":1}]}';
    expect(open(sealed(toUtf8(text)), 3)).toEqual({
      type: 'manifest',
      manifest: { files: [{ path: ['__proto__'], size: 3, type: '' }] },
    });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('that inflates past its limit is invalid', () => {
    const bomb = sealed(toUtf8(' '.repeat(MAX_MANIFEST + 1)));
    expect(bomb.length).toBeLessThan(20_000);
    expect(open(bomb, 3).type).toBe('invalid');
  });

  it('of too many files is neither sealed nor opened', async () => {
    const files = Array.from({ length: MAX_FILES + 1 }, () => ({ path: ['a'], size: 0, type: '' }));
    await expect(sealManifest(nobleCrypto, key, { files })).rejects.toThrow(RangeError);
    expect(open(sealedJson({ files }), 0).type).toBe('invalid');
  });

  it('of names too long altogether is not sealed', async () => {
    const path = ['x'.repeat(MAX_MANIFEST)];
    await expect(sealManifest(nobleCrypto, key, { files: [{ ...file, path }] })).rejects.toThrow(RangeError);
  });

  it('never throws on opening, whatever was sealed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json().map(toUtf8), fc.uint8Array()), fc.nat(), (plain, length) => {
        expect(open(sealed(plain), length).type).toBe('invalid');
      }),
      { numRuns: 200 },
    );
  });
});
