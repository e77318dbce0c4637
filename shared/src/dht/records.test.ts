import { describe, expect, test } from 'vitest';
import { infoHashOf, peerIdOf } from '../base/ids.ts';
import { toHex, toUtf8 } from '../base/bytes.ts';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { newIdentity } from './identity.ts';
import { CLOCK_TOLERANCE, MAX_BODY, MAX_VALUE, RECORD_LIFE } from './limits.ts';
import { isGenuineMutable, mutableKey, signMutable } from './mutableRecord.ts';
import { isCurrent, isGenuine } from './providerRecord.ts';
import { openAddress, privateAddress, readProvider, writeProvider } from './shareAddress.ts';
import { signProvider } from './providerRecord.ts';
import { crypto } from '../../sim/dht/arbitraries.ts';

const random = new SeededRandom(1);
const own = newIdentity(crypto, random);
const infoHash = infoHashOf(random.bytes(20));
const membership = random.bytes(16);
const peerId = peerIdOf(random.bytes(20));
const said = { peerId, issued: 1_800_000_000 };

describe('a provider record', () => {
  const address = privateAddress(crypto, infoHash, membership);
  const record = writeProvider(crypto, random, own, address, said);

  test('is signed, and tells a member who provides', () => {
    expect(isGenuine(crypto, record)).toBe(true);
    const provider = readProvider(crypto, address, record);
    expect(provider?.contact.id).toBe(own.id);
    expect(provider?.peerId).toBe(peerId);
  });

  test('of a private share shows neither info hash nor key, nor who provides', () => {
    const bytes = [address.key, toHex(record.author), toHex(record.body), toHex(record.signature)].join();
    for (const secret of [infoHash, toHex(membership), own.id, toHex(own.publicKey), peerId])
      expect(bytes).not.toContain(secret);
    const other = privateAddress(crypto, infoHash, random.bytes(16));
    expect(other.key).not.toBe(address.key);
    expect(readProvider(crypto, { ...other, key: address.key }, record)).toBeUndefined();
  });

  test('of an open share is filed under its info hash and readable by anybody', () => {
    const open = openAddress(infoHash);
    expect(open.key).toBe(infoHash);
    const plain = writeProvider(crypto, random, own, open, said);
    expect(readProvider(crypto, open, plain)?.contact.id).toBe(own.id);
  });

  test('changed in any field is not genuine', () => {
    expect(isGenuine(crypto, { ...record, issued: said.issued + 1 })).toBe(false);
    expect(isGenuine(crypto, { ...record, body: record.body.slice(1) })).toBe(false);
    expect(isGenuine(crypto, { ...record, key: openAddress(infoHash).key })).toBe(false);
    expect(isGenuine(crypto, { ...record, author: own.publicKey })).toBe(false);
  });

  test('signed by another author than the one it was made for names nobody', () => {
    const open = openAddress(infoHash);
    const { body } = writeProvider(crypto, random, own, open, said);
    const thief = signProvider(crypto, random.bytes(32), { key: open.key, issued: said.issued, body });
    expect(isGenuine(crypto, thief)).toBe(true);
    expect(readProvider(crypto, open, thief)).toBeUndefined();
  });

  test('is good for its life and a little ahead of its time', () => {
    const life = RECORD_LIFE / 1000;
    expect(isCurrent(record, said.issued)).toBe(true);
    expect(isCurrent(record, said.issued + life - 1)).toBe(true);
    expect(isCurrent(record, said.issued + life)).toBe(false);
    expect(isCurrent(record, said.issued - CLOCK_TOLERANCE / 1000)).toBe(false);
  });

  test('is no longer than it may be', () => {
    const key = address.key;
    expect(() =>
      signProvider(crypto, own.secret, { key, issued: 0, body: new Uint8Array(MAX_BODY + 1) }),
    ).toThrow('expected at most');
  });
});

describe('a mutable record', () => {
  const salt = toUtf8('foobar');

  test('is signed as BEP 44 has it', () => {
    // Of the examples in BEP 44, with a key of RFC 8032 in place of the expanded one that BEP 44 uses.
    const record = signMutable(crypto, own.secret, { salt, sequence: 1, value: toUtf8('Hello World!') });
    const signed = toUtf8('4:salt6:foobar3:seqi1e1:v12:Hello World!');
    expect(crypto.verify(own.publicKey, signed, record.signature)).toBe(true);
    const unsalted = signMutable(crypto, own.secret, { ...record, salt: new Uint8Array() });
    expect(crypto.verify(own.publicKey, toUtf8('3:seqi1e1:v12:Hello World!'), unsalted.signature)).toBe(true);
  });

  test('is another in any field that changes, and is filed by owner and salt', () => {
    const record = signMutable(crypto, own.secret, { salt, sequence: 1, value: toUtf8('a') });
    expect(isGenuineMutable(crypto, record)).toBe(true);
    expect(isGenuineMutable(crypto, { ...record, sequence: 2 })).toBe(false);
    expect(isGenuineMutable(crypto, { ...record, value: toUtf8('b') })).toBe(false);
    expect(isGenuineMutable(crypto, { ...record, salt: toUtf8('foobaz') })).toBe(false);
    const key = mutableKey(crypto, own.publicKey, salt);
    expect(mutableKey(crypto, own.publicKey, toUtf8('x'))).not.toBe(key);
  });

  test('has a value of at most 1000 bytes and a sequence', () => {
    const value = new Uint8Array(MAX_VALUE + 1);
    expect(() => signMutable(crypto, own.secret, { salt, sequence: 1, value })).toThrow('received 1001');
    expect(() => signMutable(crypto, own.secret, { salt, sequence: -1, value: salt })).toThrow('and -1');
  });
});
