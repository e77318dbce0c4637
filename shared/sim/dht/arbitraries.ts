import fc from 'fast-check';
import type { Bytes } from '../../src/base/bytes.ts';
import { nobleCrypto } from '../../src/platform/nobleCrypto.ts';
import { nobleSignatures } from '../../src/platform/nobleSignatures.ts';
import { type Contact, contactOf } from '../../src/dht/contact.ts';
import type { DhtCrypto } from '../../src/dht/identity.ts';
import { MAX_BODY, MAX_SALT, MAX_STEPS } from '../../src/dht/limits.ts';
import type { Answer, DhtMessage, Request } from '../../src/dht/message.ts';
import { pathIdOf } from '../../src/dht/pathId.ts';
import type { MutableRecord } from '../../src/dht/mutableRecord.ts';
import { type Key, keyOf, type NodeId, nodeIdOfBytes } from '../../src/dht/nodeId.ts';
import type { ProviderRecord } from '../../src/dht/providerRecord.ts';

/** The real thing. */
export const crypto: DhtCrypto = { ...nobleCrypto, ...nobleSignatures };

export const bytes = (minLength: number, maxLength = minLength): fc.Arbitrary<Bytes> =>
  fc.uint8Array({ minLength, maxLength }).map((array) => new Uint8Array(array));

export const anyKey: fc.Arbitrary<Key> = bytes(20).map(keyOf);
export const anyNodeId: fc.Arbitrary<NodeId> = bytes(20).map(nodeIdOfBytes);
export const anyContact: fc.Arbitrary<Contact> = bytes(32).map((publicKey) => contactOf(crypto, publicKey));
const seconds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const pathId = bytes(8).map(pathIdOf);

export const anyProviderRecord: fc.Arbitrary<ProviderRecord> = fc.record({
  key: anyKey,
  author: bytes(32),
  issued: seconds,
  body: bytes(0, MAX_BODY),
  signature: bytes(64),
});

const anyMutableRecord: fc.Arbitrary<MutableRecord> = fc.record({
  publicKey: bytes(32),
  salt: bytes(0, MAX_SALT),
  sequence: fc.maxSafeNat(),
  value: bytes(0, 1000),
  signature: bytes(64),
});

const type = <T extends string>(name: T) => fc.constant(name);

const anyRequest: fc.Arbitrary<Request> = fc.oneof(
  fc.record({ type: fc.constantFrom('find' as const, 'providers' as const, 'mutable' as const) }),
  fc.record({ type: type('publish'), record: anyProviderRecord }),
  fc.record({ type: type('put'), record: anyMutableRecord }),
  fc.record({ type: type('signal'), sealed: bytes(0, 2000) }),
);

const anyAnswer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({ type: type('contacts'), contacts: fc.array(anyContact, { maxLength: 8 }) }),
  fc.record({ type: type('providers'), records: fc.array(anyProviderRecord, { maxLength: 8 }) }),
  fc.record({ type: type('mutable'), record: anyMutableRecord }),
  fc.record({
    type: fc.constantFrom('stored' as const, 'delivered' as const, 'none' as const, 'busy' as const),
  }),
);

const left = fc.integer({ min: 0, max: MAX_STEPS });

export const anyMessage: fc.Arbitrary<DhtMessage> = fc.oneof(
  fc.record({ type: type('hello'), publicKey: bytes(32), signature: bytes(64), time: seconds }),
  fc.record({
    type: type('forward'),
    path: pathId,
    target: anyKey,
    salt: fc.integer({ min: 0, max: 255 }),
    left,
    request: anyRequest,
  }),
  fc.record({ type: type('ack'), path: pathId }),
  fc.record({ type: type('reply'), path: pathId, left, answer: anyAnswer }),
  fc.record({ type: type('back'), path: pathId, sealed: bytes(0, 2000) }),
  fc.record({ type: type('replicate'), records: fc.array(anyProviderRecord, { maxLength: 8 }) }),
  fc.record({
    type: type('peers'),
    added: fc.array(anyContact, { maxLength: 50 }),
    dropped: fc.array(anyNodeId, { maxLength: 50 }),
  }),
);
