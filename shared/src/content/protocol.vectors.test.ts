import { createCipheriv, createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Bytes, concat, fromHex, toHex } from '../base/bytes.ts';
import { infoHashOf, isPeerId } from '../base/ids.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { counterBlock } from './cipher.ts';
import { deriveMemberKeys, deriveShareKeys, memberCheck } from './keys.ts';
import { BLOCK, choosePieceLength, PieceLayout } from './layout.ts';
import { openManifest } from './manifest.ts';
import { PieceLayer, pieceRoot } from './merkle.ts';
import { buildInfo, infoHashOfInfo, parseInfo } from './metainfo.ts';
import { formatFragment, parseFragment } from './shareLink.ts';

/** The `name: value` lines of the vectors in PROTOCOL.md; an indented line goes on with the value before it. */
function readVectors(): ReadonlyMap<string, string> {
  const text = readFileSync(new URL('../../../PROTOCOL.md', import.meta.url), 'utf8');
  const blocks = [...text.matchAll(/^```vectors\n(.*?)^```$/gms)].map(([, block = '']) => block);
  const lines = blocks.join('').replaceAll('\n  ', '').trim().split('\n');
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  );
}

const vectors = readVectors();
const checked = new Set<string>();

function text(name: string): string {
  const value = vectors.get(name);
  if (value === undefined) throw new Error(`PROTOCOL.md has no vector "${name}"`);
  checked.add(name);
  return value;
}

function bytes(name: string): Bytes {
  return fromHex(text(name))!;
}

const secret = bytes('secret');
const keys = deriveShareKeys(nobleCrypto, secret);
const members = deriveMemberKeys(nobleCrypto, keys.membership);
const stream = new Uint8Array(Buffer.from(`Hello, shoal\n${'x'.repeat(20_000)}`));
const ciphertext = createCipheriv('aes-256-ctr', keys.content, counterBlock(0)).update(stream);
const layout = new PieceLayout(stream.length, choosePieceLength(stream.length));
const [first, second] = [layout.index(0)!, layout.index(1)!];

describe('the vectors of PROTOCOL.md', () => {
  it.each([
    ['content key', keys.content],
    ['manifest key', keys.manifest],
    ['membership key', keys.membership],
    ['signal key', members.signal],
    ['proof key', members.proof],
    ['check key', members.check],
    ['counter block at 16384', counterBlock(16_384)],
    ['counter block at 1099511627776', counterBlock(2 ** 40)],
    ['ciphertext at 0', ciphertext.subarray(0, 16)],
    ['ciphertext at 16384', ciphertext.subarray(16_384, 16_400)],
  ])('%s', (name, value) => {
    expect(toHex(value)).toBe(text(name));
  });

  it('check', () => {
    const peerId = text('peer id');
    expect(isPeerId(peerId) && memberCheck(nobleCrypto, members.check, peerId)).toBe(text('check'));
  });

  it('Merkle tree', () => {
    const leaf = (start: number) =>
      new Uint8Array(
        createHash('sha256')
          .update(ciphertext.subarray(start, start + BLOCK))
          .digest(),
      );
    const hashes = [
      pieceRoot(nobleCrypto, leaf(0), layout, first),
      pieceRoot(nobleCrypto, leaf(BLOCK), layout, second),
    ];
    expect(hashes.map(toHex)).toEqual([text('hash of piece 0'), text('hash of piece 1')]);
    expect(toHex(PieceLayer.of(nobleCrypto, layout, concat(...hashes)).root)).toBe(text('pieces root'));
  });

  it('manifest', () => {
    const result = openManifest(nobleCrypto, keys.manifest, bytes('sealed manifest'), stream.length);
    expect(result.type === 'manifest' && JSON.stringify(result.manifest)).toBe(text('manifest'));
  });

  it('info dictionary and info hash', () => {
    const root = bytes('pieces root');
    const sealedManifest = bytes('sealed manifest');
    const info = buildInfo({ layout, root, sealedManifest });
    const infoHash = infoHashOfInfo(nobleCrypto, info);
    expect(toHex(info)).toBe(text('info'));
    expect(infoHash).toBe(text('info hash'));
    expect(parseInfo(nobleCrypto, bytes('info'), infoHash)).toEqual({
      type: 'metainfo',
      metainfo: { infoHash, info, layout, root, sealedManifest },
    });
  });

  it('links', () => {
    const infoHash = infoHashOf(bytes('info hash'));
    const trackers = ['wss://tracker.example/'];
    const links = {
      'private link': { type: 'private', infoHash, secret, trackers: [] },
      'private link with a tracker': { type: 'private', infoHash, secret, trackers },
      'helper link': { type: 'helper', infoHash, membership: keys.membership, trackers: [] },
    } as const;
    for (const [name, link] of Object.entries(links)) {
      expect(formatFragment(nobleCrypto, link)).toBe(text(name));
      expect(parseFragment(nobleCrypto, text(name), { allowLocalTrackers: false })).toEqual({
        type: 'link',
        link,
      });
    }
  });

  it('are all checked', () => {
    expect([...vectors.keys()].filter((name) => !checked.has(name))).toEqual([]);
  });
});
