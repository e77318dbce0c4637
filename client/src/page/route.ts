interface Pair {
  readonly id: string;
  readonly localCandidateId: string;
  readonly remoteCandidateId: string;
  readonly nominated: boolean;
  readonly state: string;
}

/** Whether the connection runs through a TURN server, from its statistics; nothing when they do not tell. */
export function routeOf(report: RTCStatsReport): 'direct' | 'relayed' | undefined {
  const entries = [...report.values()].filter(isRecord);
  const chosen = selectedPair(entries);
  if (chosen === undefined) return undefined;
  const ends = entries.filter(
    ({ type, id }) =>
      (type === 'local-candidate' || type === 'remote-candidate') &&
      (id === chosen.localCandidateId || id === chosen.remoteCandidateId),
  );
  return ends.some(({ candidateType }) => candidateType === 'relay') ? 'relayed' : 'direct';
}

/** Firefox has no transport entry: there the nominated pair that works is the one. */
function selectedPair(entries: readonly Record<string, unknown>[]): Pair | undefined {
  const pairs = entries.flatMap((entry) => pairOf(entry) ?? []);
  const named = entries.find(
    ({ type, selectedCandidatePairId }) =>
      type === 'transport' && typeof selectedCandidatePairId === 'string',
  );
  return named === undefined
    ? pairs.find(({ nominated, state }) => nominated && state === 'succeeded')
    : pairs.find(({ id }) => id === named['selectedCandidatePairId']);
}

function pairOf(entry: Record<string, unknown>): Pair | undefined {
  const { type, id, localCandidateId, remoteCandidateId, nominated, state } = entry;
  if (type !== 'candidate-pair' || typeof id !== 'string' || typeof state !== 'string') return undefined;
  if (typeof localCandidateId !== 'string' || typeof remoteCandidateId !== 'string') return undefined;
  return { id, localCandidateId, remoteCandidateId, nominated: nominated === true, state };
}

function isRecord(entry: unknown): entry is Record<string, unknown> {
  return typeof entry === 'object' && entry !== null;
}
