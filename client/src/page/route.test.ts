import { expect, test } from 'vitest';
import { routeOf } from './route.ts';

function report(...entries: { id: string; [key: string]: unknown }[]): RTCStatsReport {
  return new Map(entries.map((entry) => [entry.id, entry]));
}

const pair = { type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R', state: 'succeeded' };
const local = { id: 'L', type: 'local-candidate', candidateType: 'host' };
const remote = { id: 'R', type: 'remote-candidate', candidateType: 'srflx' };
const chosen = { id: 'T', type: 'transport', selectedCandidatePairId: 'P' };

test('direct when neither end of the chosen pair is a relay', () => {
  expect(routeOf(report(chosen, { id: 'P', ...pair }, local, remote))).toMatchObject({ type: 'direct' });
});

test.each(['L', 'R'])('relayed when candidate %s of the chosen pair is a relay', (id) => {
  const ends = [local, remote].map((end) => (end.id === id ? { ...end, candidateType: 'relay' } : end));
  expect(routeOf(report(chosen, { id: 'P', ...pair }, ...ends))).toMatchObject({ type: 'relayed' });
});

test('relays that were not chosen do not count', () => {
  const unused = { id: 'X', type: 'local-candidate', candidateType: 'relay' };
  const other = { id: 'Q', ...pair, localCandidateId: 'X' };
  expect(routeOf(report(chosen, other, { id: 'P', ...pair }, local, remote, unused))).toMatchObject({
    type: 'direct',
  });
});

test('without a transport entry the nominated pair is the chosen one', () => {
  const relay = { ...local, candidateType: 'relay' };
  expect(routeOf(report({ id: 'P', ...pair, nominated: true }, relay, remote))).toMatchObject({
    type: 'relayed',
  });
});

test('nothing when no pair is chosen, or entries are of another shape', () => {
  expect(routeOf(report({ id: 'P', ...pair, nominated: false }, local, remote))).toBeUndefined();
  expect(routeOf(report(chosen, { id: 'P', type: 'candidate-pair' }))).toBeUndefined();
});

test('with its round trip in milliseconds, where that is told', () => {
  const roundTripOf = (seconds: unknown) =>
    routeOf(report(chosen, { id: 'P', ...pair, currentRoundTripTime: seconds }, local, remote))?.roundTrip;
  expect(roundTripOf(0.25)).toBe(250);
  expect(roundTripOf(undefined)).toBeUndefined();
  expect(roundTripOf('0.25')).toBeUndefined();
});
