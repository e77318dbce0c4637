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
  expect(routeOf(report(chosen, { id: 'P', ...pair }, local, remote))).toBe('direct');
});

test.each(['L', 'R'])('relayed when candidate %s of the chosen pair is a relay', (id) => {
  const ends = [local, remote].map((end) => (end.id === id ? { ...end, candidateType: 'relay' } : end));
  expect(routeOf(report(chosen, { id: 'P', ...pair }, ...ends))).toBe('relayed');
});

test('relays that were not chosen do not count', () => {
  const unused = { id: 'X', type: 'local-candidate', candidateType: 'relay' };
  const other = { id: 'Q', ...pair, localCandidateId: 'X' };
  expect(routeOf(report(chosen, other, { id: 'P', ...pair }, local, remote, unused))).toBe('direct');
});

test('without a transport entry the nominated pair is the chosen one', () => {
  const relay = { ...local, candidateType: 'relay' };
  expect(routeOf(report({ id: 'P', ...pair, nominated: true }, relay, remote))).toBe('relayed');
});

test('nothing when no pair is chosen, or entries are of another shape', () => {
  expect(routeOf(report({ id: 'P', ...pair, nominated: false }, local, remote))).toBeUndefined();
  expect(routeOf(report(chosen, { id: 'P', type: 'candidate-pair' }))).toBeUndefined();
});
