import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toUtf8 } from '../base/bytes.ts';
import { encodeLaneSignal, parseLaneSignal } from './laneSignal.ts';
import { MAX_EXTENDED, MAX_LANES } from './limits.ts';

const signal = { type: 'candidate', candidate: 'candidate:1', mid: '0', line: 0 } as const;

describe('lane signals', () => {
  it('say what was said, of any further lane', () => {
    for (let lane = 1; lane < MAX_LANES; lane++)
      expect(parseLaneSignal(encodeLaneSignal({ lane, signal }))).toEqual({ lane, signal });
  });

  it('are not of lane 0, nor of one beyond the last', () => {
    expect(parseLaneSignal(encodeLaneSignal({ lane: 0, signal }))).toBeUndefined();
    expect(parseLaneSignal(encodeLaneSignal({ lane: MAX_LANES, signal }))).toBeUndefined();
  });

  it('hold no description that may not reach WebRTC', () => {
    const sdp = 'v=0\r\nm=audio 9 RTP 0\r\n';
    expect(parseLaneSignal(encodeLaneSignal({ lane: 1, signal: { type: 'offer', sdp } }))).toBeUndefined();
  });

  it('are nothing when they are anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: MAX_EXTENDED }), (bytes) => {
        expect(parseLaneSignal(bytes)).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(parseLaneSignal(toUtf8(json))).toBeUndefined();
      }),
    );
  });
});
