import { SECOND } from '@shoal/shared/base/time.ts';
import type { Route } from '@shoal/shared/host/ports.ts';

/** The way that a connection takes, from its statistics; nothing when they do not tell. */
export function routeOf(report: RTCStatsReport): Route | undefined {
  const entries = [...report.values()].filter(isRecord);
  const pair = chosenPair(entries);
  const ends = entries.filter(
    ({ id }) => id === pair?.['localCandidateId'] || id === pair?.['remoteCandidateId'],
  );
  if (pair === undefined || ends.length < 2) return undefined;
  const relayed = ends.some(({ candidateType }) => candidateType === 'relay');
  const { currentRoundTripTime: seconds } = pair;
  const roundTrip = typeof seconds === 'number' ? seconds * SECOND : undefined;
  return { type: relayed ? 'relayed' : 'direct', roundTrip };
}

/** Firefox has no transport entry: there the nominated pair that works is the one. */
function chosenPair(entries: readonly Record<string, unknown>[]): Record<string, unknown> | undefined {
  const transport = entries.find(
    ({ type, selectedCandidatePairId }) =>
      type === 'transport' && typeof selectedCandidatePairId === 'string',
  );
  return entries.find(
    ({ type, id, nominated, state }) =>
      type === 'candidate-pair' &&
      (transport === undefined
        ? nominated === true && state === 'succeeded'
        : id === transport['selectedCandidatePairId']),
  );
}

function isRecord(entry: unknown): entry is Record<string, unknown> {
  return typeof entry === 'object' && entry !== null;
}
