import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bytes, fromHex } from '../base/bytes.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { type Bencodable, encode } from './bencode.ts';
import { BLOCK, PieceLayout } from './layout.ts';
import { buildInfo, infoHashOfInfo, MAX_METADATA, parseInfo } from './metainfo.ts';

const root = new Uint8Array(32).fill(1);
const sealedManifest = new Uint8Array(40).fill(2);
const layout = new PieceLayout(3 * BLOCK + 1, BLOCK);
const info = buildInfo({ layout, root, sealedManifest });

const parse = (bytes: Bytes) => parseInfo(nobleCrypto, bytes, infoHashOfInfo(nobleCrypto, bytes));
const reasonOf = (bytes: Bytes) => {
  const result = parse(bytes);
  return result.type === 'invalid' ? result.reason : result.type;
};

/** A good info dictionary with some keys changed. */
function infoWith(
  changes: Record<string, Bencodable>,
  file: Bencodable = { length: layout.length, 'pieces root': root },
): Bytes {
  return encode({
    'file tree': { content: { '': file } },
    'meta version': 2,
    name: 'shoal',
    'piece length': BLOCK,
    shoal: sealedManifest,
    ...changes,
  });
}

describe('an info dictionary', () => {
  it('is the one of BEP 52', () => {
    const text = Buffer.from(
      buildInfo({ layout, root: new Uint8Array(32).fill(0x72), sealedManifest: fromHex('6162')! }),
    );
    expect(text.toString()).toBe(
      `d9:file treed7:contentd0:d6:lengthi49153e11:pieces root32:${'r'.repeat(32)}eee` +
        '12:meta versioni2e4:name5:shoal12:piece lengthi16384e5:shoal2:abe',
    );
  });

  it('is read as it was built', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 34 }),
        fc.integer({ min: 14, max: 26 }),
        fc.uint8Array({ minLength: 1 }),
        (length, power, sealed) => {
          const layout = new PieceLayout(length, 2 ** power);
          const info = buildInfo({ layout, root, sealedManifest: sealed });
          expect(parse(info)).toEqual({
            type: 'metainfo',
            metainfo: {
              infoHash: infoHashOfInfo(nobleCrypto, info),
              info,
              layout,
              root: length > 0 ? root : undefined,
              sealedManifest: new Uint8Array(sealed),
            },
          });
        },
      ),
    );
  });

  it('has the published hash of test1MB (libtorrent, test/test_torrents/v2_only.torrent)', () => {
    const published = Buffer.concat([
      Buffer.from('d9:file treed7:test1MBd0:d6:lengthi1048576e11:pieces root32:'),
      Buffer.from('515ea9181744b817744ded9d2e8e9dc6a8450c0b0c52e24b5077f302ffbd9008', 'hex'),
      Buffer.from('eee12:meta versioni2e4:name7:test1MB12:piece lengthi65536ee'),
    ]);
    expect(infoHashOfInfo(nobleCrypto, published)).toBe('95e04d0c4bad94ab206efa884666fd89777dbe4f');
  });
});

describe('hostile metainfo', () => {
  it('of another hash is not even looked at', () => {
    const other = infoHashOfInfo(nobleCrypto, root);
    const received = createHash('sha256').update(info).digest('hex').slice(0, 40);
    expect(parseInfo(nobleCrypto, info, other)).toEqual({
      type: 'invalid',
      reason: `info hash: expected ${other}, received ${received}`,
    });
  });

  it('over 10 MB is refused', () => {
    expect(reasonOf(new Uint8Array(MAX_METADATA + 1))).toMatch(/^metadata: expected at most/);
  });

  const rooted = { length: 1, 'pieces root': root };
  it.each<[string, Bytes, RegExp]>([
    ['a size of 2^53', infoWith({}, { length: 2 ** 53, 'pieces root': root }), /^info/],
    ['a negative size', infoWith({}, { length: -1, 'pieces root': root }), /^length/],
    ['no size', infoWith({}, { 'pieces root': root }), /^length/],
    ['more pieces than fit', infoWith({}, { length: 2 ** 35, 'pieces root': root }), /^pieces:/],
    ['no root for a stream', infoWith({}, { length: 1 }), /^pieces root/],
    ['a short root', infoWith({}, { length: 1, 'pieces root': root.slice(1) }), /^pieces root/],
    ['a root for no stream', infoWith({}, { length: 0, 'pieces root': root }), /^pieces root/],
    ['pieces of 8 KiB', infoWith({ 'piece length': 8192 }), /^piece length/],
    ['pieces of 128 MiB', infoWith({ 'piece length': 2 ** 27 }), /^piece length/],
    ['pieces of no power of two', infoWith({ 'piece length': 3 * BLOCK }), /^piece length/],
    ['pieces of text', infoWith({ 'piece length': 'x' }), /^piece length/],
    ['version 1', infoWith({ 'meta version': 1 }), /^meta version/],
    ['no manifest', infoWith({ shoal: 1 }), /^shoal/],
    ['no tree', infoWith({ 'file tree': [] }), /^file tree/],
    ['two files', infoWith({ 'file tree': { a: { '': rooted }, content: { '': rooted } } }), /^file tree/],
    [
      'a file within',
      infoWith({ 'file tree': { content: { '': rooted, a: { '': rooted } } } }),
      /^file tree/,
    ],
    ['a file that is a number', infoWith({ 'file tree': { content: { '': 1 } } }), /^file tree/],
    ['a list', encode([1]), /^info/],
  ])('with %s is invalid', (_, bytes, reason) => {
    expect(reasonOf(bytes)).toMatch(reason);
  });

  it.each([
    ['keys out of order', 'd1:bi1e1:ai1ee'],
    ['a key twice', 'd1:ai1e1:ai1ee'],
    ['__proto__', 'd9:__proto__dee'],
    ['a leading zero', 'd1:ai01ee'],
    ['more behind it', 'd1:ai1eex'],
    ['nothing in it', ''],
    ['deep nesting', `d1:a${'l'.repeat(100_000)}${'e'.repeat(100_000)}e`],
    ['an endless list', `d1:a${'l-3:e'.repeat(3)}e`],
  ])('with %s is invalid', (_, text) => {
    expect(reasonOf(new Uint8Array(Buffer.from(text)))).toMatch(/^info: expected/);
  });

  it('never throws, with any byte changed, cut or put in', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: info.length }),
        fc.nat({ max: 3 }),
        fc.uint8Array({ maxLength: 3 }),
        (at, cut, put) => {
          const changed = new Uint8Array([...info.subarray(0, at), ...put, ...info.subarray(at + cut)]);
          const result = parse(changed);
          if (result.type === 'metainfo') expect(result.metainfo.info).toEqual(changed);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
