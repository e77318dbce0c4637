import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bytes, concat } from '../base/bytes.ts';
import { infoHashOf, peerIdOf } from '../base/ids.ts';
import { nobleCrypto as crypto } from '../platform/nobleCrypto.ts';
import { Admission, type AdmissionOptions, type AdmissionResult } from './admission.ts';

const infoHash = infoHashOf(new Uint8Array(20).fill(1));
const alice = peerIdOf(new Uint8Array(20).fill(0xaa));
const bob = peerIdOf(new Uint8Array(20).fill(0xbb));
const proofKey = new Uint8Array(32).fill(9);

const ours: AdmissionOptions = {
  crypto,
  proofKey,
  infoHash,
  own: alice,
  remote: bob,
  role: 'initiator',
  fingerprints: { local: 'sha-256 AA', remote: 'sha-256 BB' },
};
const theirs: AdmissionOptions = {
  ...ours,
  own: bob,
  remote: alice,
  role: 'responder',
  fingerprints: { local: 'sha-256 BB', remote: 'sha-256 AA' },
};

/** What we make of an end with these options. */
function meet(options: Partial<AdmissionOptions>, own: Partial<AdmissionOptions> = {}): AdmissionResult {
  return new Admission({ ...ours, ...own }).push(new Admission({ ...theirs, ...options }).start());
}

const refused = (reason: string) => ({ type: 'refused', reason });

describe('admission', () => {
  test('both ends admit each other by what they send at once', () => {
    const handshake = { infoHash, fast: true, extended: true, v2: true };
    const rest = new Uint8Array();
    expect(meet({})).toEqual({ type: 'admitted', rest, handshake: { ...handshake, peerId: bob } });
    expect(new Admission(theirs).push(new Admission(ours).start())).toEqual({
      type: 'admitted',
      rest,
      handshake: { ...handshake, peerId: alice },
    });
  });

  test('however the stream is cut, what follows the proof is handed on', () => {
    const chunks = fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 150 }), chunks, (after, lengths) => {
        expect(admit(concat(new Admission(theirs).start(), after), lengths)).toEqual(after);
      }),
    );
  });

  test('another swarm, our own id and somebody else’s are refused', () => {
    expect(meet({ infoHash: infoHashOf(new Uint8Array(20)) })).toEqual(refused('other-swarm'));
    expect(meet({ own: alice })).toEqual(refused('own-id'));
    expect(meet({ own: peerIdOf(new Uint8Array(20)) })).toEqual(refused('other-id'));
  });

  test('a wrong key, a role taken twice and certificates swapped in between are refused', () => {
    const wrong = refused('wrong-proof');
    expect(meet({ proofKey: new Uint8Array(32) })).toEqual(wrong);
    expect(meet({ role: 'initiator' })).toEqual(wrong);
    expect(meet({ fingerprints: { local: 'sha-256 BB', remote: 'sha-256 EE' } })).toEqual(wrong);
    expect(meet({ fingerprints: { local: 'sha-256 EE', remote: 'sha-256 AA' } })).toEqual(wrong);
  });

  test('our own opening, sent back with another id in its handshake, is refused', () => {
    const opening = new Admission(ours).start();
    opening.fill(0xbb, 48, 68);
    expect(new Admission(ours).push(opening)).toEqual(refused('wrong-proof'));
  });

  test('an opening of another connection, sent again, is refused', () => {
    expect(meet({}, { fingerprints: { local: 'sha-256 A2', remote: 'sha-256 BB' } })).toEqual(
      refused('wrong-proof'),
    );
  });

  test('a handshake is judged before the proof is there, and a refusal is final', () => {
    const admission = new Admission(ours);
    expect(admission.push(new Uint8Array(67))).toEqual({ type: 'more' });
    expect(admission.push(new Uint8Array(1))).toEqual(refused('not-bittorrent'));
    expect(admission.push(new Admission(theirs).start())).toEqual(refused('not-bittorrent'));
  });

  test('no bytes but a member’s admit, and none throw', () => {
    const opening = new Admission(theirs).start();
    const reserved = (place: number) => place >= 20 && place < 28;
    const place = fc.nat({ max: opening.length - 1 }).filter((place) => !reserved(place));
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 255 }), (place, mask) => {
        const changed = opening.map((byte, index) => (index === place ? byte ^ mask : byte));
        expect(new Admission(ours).push(changed).type).toBe('refused');
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const result = new Admission(ours).push(new Uint8Array(bytes));
        expect(result.type).toBe(bytes.length < 68 ? 'more' : 'refused');
      }),
    );
  });
});

/** All bytes that come out after admission. */
function admit(stream: Bytes, lengths: readonly number[]): Bytes {
  const admission = new Admission(ours);
  const out: Bytes[] = [];
  let offset = 0;
  for (let turn = 0; offset < stream.length; turn++) {
    const end = offset + lengths[turn % lengths.length]!;
    const result = admission.push(stream.slice(offset, end));
    expect(result.type).toBe(end < 100 ? 'more' : 'admitted');
    if (result.type === 'admitted') out.push(result.rest);
    offset = end;
  }
  return concat(...out);
}
