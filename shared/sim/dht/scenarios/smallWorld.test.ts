import { describe, expect, test } from 'vitest';
import { toUtf8 } from '../../../src/base/bytes.ts';
import { MINUTE, SECOND } from '../../../src/base/time.ts';
import { decodeMessage, encodeMessage } from '../../../src/dht/codec.ts';
import type { DhtCrypto } from '../../../src/dht/identity.ts';
import type { Ending } from '../../../src/dht/io.ts';
import { MAX_LINKS } from '../../../src/dht/limits.ts';
import { mutableKey, signMutable } from '../../../src/dht/mutableRecord.ts';
import { nobleCrypto } from '../../../src/platform/nobleCrypto.ts';
import { nobleSignatures } from '../../../src/platform/nobleSignatures.ts';
import { type Finding, Overlay } from '../overlay.ts';

const crypto: DhtCrypto = { ...nobleCrypto, ...nobleSignatures };

describe('a small world with real cryptography and encoded messages', () => {
  const overlay = new Overlay(1, crypto);
  // The codec is in the way of every message here, as in a browser.
  overlay.network.tap = (_from, _to, message) =>
    expect(decodeMessage(crypto, encodeMessage(message))).toEqual(message);
  overlay.grow(8, SECOND);
  overlay.network.run(30 * SECOND);

  test('everybody is linked with several, and nobody with too many', () => {
    for (const { node } of overlay.nodes) {
      expect(node.links.size).toBeGreaterThanOrEqual(3);
      expect(node.links.size).toBeLessThanOrEqual(MAX_LINKS);
    }
  });

  test('a provider is found by everybody', () => {
    const [provider] = overlay.nodes;
    const share = overlay.share(1, [provider!]);
    overlay.network.run(20 * SECOND);
    const findings: Finding[] = [];
    for (const node of overlay.nodes) overlay.lookUp(node, share, (finding) => findings.push(finding));
    overlay.network.run(15 * SECOND);
    expect(findings.map(({ ms }) => ms !== undefined)).toEqual(overlay.nodes.map(() => true));
  });

  test('a mutable record is found, in its latest version', () => {
    const [owner, reader] = overlay.nodes;
    const { secret, publicKey } = owner!.node.self;
    const salt = toUtf8('profile');
    const put = (sequence: number) => {
      const record = signMutable(crypto, secret, { salt, sequence, value: toUtf8(`version ${sequence}`) });
      owner!.step({ type: 'put', operation: owner!.operation({}), record });
      overlay.network.run(10 * SECOND);
    };
    put(2);
    put(3);
    put(1);
    let found = 0;
    const operation = reader!.operation({ record: (sequence) => (found = sequence) });
    reader!.step({ type: 'get', operation, key: mutableKey(crypto, publicKey, salt) });
    overlay.network.run(12 * SECOND);
    expect(found).toBe(3);
  });

  test('whoever has no links is told so', () => {
    const alone = new Overlay(2, crypto);
    const node = alone.join();
    const endings: Ending[] = [];
    alone.lookUp(node, alone.share(0), ({ ending }) => endings.push(ending));
    expect(endings).toEqual(['isolated']);
  });

  test('what nobody provides is not found, and it is said in time', () => {
    const endings: Ending[] = [];
    overlay.lookUp(overlay.nodes[2]!, overlay.share(0), ({ ending }) => endings.push(ending));
    overlay.network.run(11 * SECOND);
    expect(endings).toHaveLength(1);
    expect(['unanswered', 'timed-out']).toContain(endings[0]);
  });

  test('a node that goes is replaced, and what it provided expires', () => {
    const [gone, other] = overlay.nodes;
    const share = overlay.share(1, [gone!]);
    overlay.network.run(20 * SECOND);
    gone!.vanish();
    overlay.network.run(MINUTE);
    expect(
      overlay.nodes.every((node) =>
        [...node.node.links].every(({ contact }) => contact.id !== gone!.node.self.id),
      ),
    ).toBe(true);
    overlay.network.run(20 * MINUTE);
    expect(overlay.nodes.flatMap(({ node }) => node.held(share.address.key))).toEqual([]);
    const endings: Ending[] = [];
    overlay.lookUp(other!, share, ({ ending }) => endings.push(ending));
    overlay.network.run(11 * SECOND);
    expect(endings).not.toContain('answered');
    expect(endings).toHaveLength(1);
  });
});
