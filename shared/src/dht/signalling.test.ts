import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { infoHashOf, peerIdOf } from '../base/ids.ts';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { checkConnection, proveConnection, type ProvenConnection } from './connectionProof.ts';
import { newIdentity } from './identity.ts';
import { CLOCK_TOLERANCE, MAX_SIGNAL } from './limits.ts';
import { MAX_PAYLOAD, openBox, sealBox } from './sealedBox.ts';
import { SeenSignals } from './seenSignals.ts';
import { encodePayload, parsePayload } from './signalPayload.ts';
import { bytes, crypto } from '../../sim/dht/arbitraries.ts';

const random = new SeededRandom(2);
const [alice, bob, mallory] = [1, 2, 3].map(() => newIdentity(crypto, random)) as [
  ReturnType<typeof newIdentity>,
  ReturnType<typeof newIdentity>,
  ReturnType<typeof newIdentity>,
];
const NOW = 1_800_000_000;

describe('a sealed box', () => {
  const payload = Uint8Array.of(1, 2, 3);
  const sealed = sealBox(crypto, random, alice, bob.publicKey, { sent: NOW, payload })!;

  test('is opened by whom it is for, who learns of whom it is', () => {
    const content = openBox(crypto, bob, sealed);
    expect(content?.from.id).toBe(alice.id);
    expect(content?.sent).toBe(NOW);
    expect(content?.payload).toEqual(payload);
  });

  test('is opened by nobody else, and not after any change', () => {
    expect(openBox(crypto, mallory, sealed)).toBeUndefined();
    expect(openBox(crypto, alice, sealed)).toBeUndefined();
    for (const place of [0, 1, 40, sealed.length - 1]) {
      const changed = sealed.slice();
      changed[place]! ^= 1;
      expect(openBox(crypto, bob, changed)).toBeUndefined();
    }
    expect(openBox(crypto, bob, sealed.slice(0, 60))).toBeUndefined();
    expect(openBox(crypto, bob, new Uint8Array(MAX_SIGNAL + 1))).toBeUndefined();
  });

  test('that its receiver sealed anew for a third is of the receiver, not of its author', () => {
    const content = openBox(crypto, bob, sealed)!;
    const passedOn = sealBox(crypto, random, bob, mallory.publicKey, content)!;
    expect(openBox(crypto, mallory, passedOn)?.from.id).toBe(bob.id);
  });

  test('is not of whom it names when somebody else signed it', () => {
    const posing = { ...alice, secret: mallory.secret };
    const forged = sealBox(crypto, random, posing, bob.publicKey, { sent: NOW, payload })!;
    expect(openBox(crypto, bob, forged)).toBeUndefined();
  });

  test('is no longer than it may be', () => {
    const most = { sent: NOW, payload: new Uint8Array(MAX_PAYLOAD) };
    expect(sealBox(crypto, random, alice, bob.publicKey, most)).toHaveLength(MAX_SIGNAL);
    const more = { sent: NOW, payload: new Uint8Array(MAX_PAYLOAD + 1) };
    expect(() => sealBox(crypto, random, alice, bob.publicKey, more)).toThrow(`received ${MAX_PAYLOAD + 1}`);
    expect(sealBox(crypto, random, alice, new Uint8Array(32).fill(0xff), most)).toBeUndefined();
  });
});

describe('replays', () => {
  const window = CLOCK_TOLERANCE / 1000;

  test('a box is accepted once, while it is fresh', () => {
    const seen = new SeenSignals();
    expect(seen.accept(alice.id, 'aa', NOW, NOW)).toBe('new');
    expect(seen.accept(alice.id, 'aa', NOW, NOW + 10)).toBe('seen');
    expect(seen.accept(alice.id, 'ab', NOW, NOW)).toBe('new');
    expect(seen.accept(bob.id, 'aa', NOW, NOW)).toBe('new');
    expect(seen.accept(alice.id, 'aa', NOW, NOW + window + 1)).toBe('stale');
    expect(seen.accept(alice.id, 'ac', NOW + window + 1, NOW)).toBe('stale');
  });

  test('nobody makes us forget by sending much', () => {
    const seen = new SeenSignals();
    seen.accept(alice.id, 'first', NOW, NOW);
    for (let box = 0; box < 300; box++) seen.accept(alice.id, String(box), NOW, NOW);
    expect(seen.accept(alice.id, 'first', NOW, NOW)).toBe('seen');
    expect(seen.accept(alice.id, 'more', NOW, NOW)).toBe('flood');
    expect(seen.accept(bob.id, 'his', NOW, NOW)).toBe('new');
    const later = NOW + window + 1;
    expect(seen.accept(alice.id, 'more', later, later)).toBe('new');
  });
});

describe('the proof of a connection', () => {
  const ours: ProvenConnection = {
    role: 'initiator',
    fingerprints: { local: 'sha-256 AA', remote: 'sha-256 BB' },
  };
  const theirs: ProvenConnection = {
    role: 'responder',
    fingerprints: { local: 'sha-256 BB', remote: 'sha-256 AA' },
  };

  test('is right at the other end of the same connection', () => {
    const proof = proveConnection(crypto, alice, ours);
    expect(checkConnection(crypto, theirs, alice.publicKey, proof)).toBe('right');
    expect(checkConnection(crypto, ours, bob.publicKey, proveConnection(crypto, bob, theirs))).toBe('right');
  });

  test('is wrong reflected where both ends show the same certificate', () => {
    const fingerprints = { local: 'sha-256 AA', remote: 'sha-256 AA' };
    const proof = proveConnection(crypto, alice, { role: 'initiator', fingerprints });
    expect(checkConnection(crypto, { role: 'initiator', fingerprints }, alice.publicKey, proof)).toBe(
      'wrong',
    );
    expect(checkConnection(crypto, { role: 'responder', fingerprints }, alice.publicKey, proof)).toBe(
      'right',
    );
  });

  test('is wrong reflected, with another key, and on another connection', () => {
    const proof = proveConnection(crypto, alice, ours);
    expect(checkConnection(crypto, ours, alice.publicKey, proof)).toBe('wrong');
    expect(checkConnection(crypto, theirs, bob.publicKey, proof)).toBe('wrong');
    const between = { ...theirs, fingerprints: { local: 'sha-256 CC', remote: 'sha-256 AA' } };
    expect(checkConnection(crypto, between, alice.publicKey, proof)).toBe('wrong');
  });
});

test('payloads of signals come back as they were, and whatever else is nothing or one of them', () => {
  const ids = {
    infoHash: infoHashOf(new Uint8Array(20).fill(1)),
    from: peerIdOf(new Uint8Array(20).fill(2)),
    to: peerIdOf(new Uint8Array(20).fill(3)),
  };
  fc.assert(
    fc.property(bytes(8), bytes(1, 100), (offerId, rest) => {
      for (const payload of [
        { type: 'link', offerId, envelope: rest },
        { type: 'declined', offerId },
        { type: 'swarm', ...ids, sealed: rest },
      ] as const)
        expect(parsePayload(encodePayload(payload))).toEqual(payload);
    }),
  );
  fc.assert(
    fc.property(bytes(0, 80), (any) => {
      const payload = parsePayload(any);
      if (payload !== undefined) expect(encodePayload(payload)).toEqual(any);
    }),
  );
});
