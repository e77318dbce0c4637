import * as v from 'valibot';

const transport = v.object({ type: v.literal('transport'), selectedCandidatePairId: v.string() });
const pair = v.object({
  type: v.literal('candidate-pair'),
  id: v.string(),
  localCandidateId: v.string(),
  remoteCandidateId: v.string(),
  nominated: v.optional(v.boolean()),
  state: v.string(),
});
const candidate = v.object({
  type: v.picklist(['local-candidate', 'remote-candidate']),
  id: v.string(),
  candidateType: v.string(),
});

type Pair = v.InferOutput<typeof pair>;

/** Whether the connection runs through a TURN server, from its statistics; nothing when they do not tell. */
export function routeOf(report: RTCStatsReport): 'direct' | 'relayed' | undefined {
  const entries: unknown[] = [...report.values()];
  const chosen = selectedPair(entries);
  if (chosen === undefined) return undefined;
  const ends = only(entries, candidate).filter(
    ({ id }) => id === chosen.localCandidateId || id === chosen.remoteCandidateId,
  );
  return ends.some(({ candidateType }) => candidateType === 'relay') ? 'relayed' : 'direct';
}

/** Firefox has no transport entry: there the nominated pair that works is the one. */
function selectedPair(entries: readonly unknown[]): Pair | undefined {
  const pairs = only(entries, pair);
  const [named] = only(entries, transport);
  return named === undefined
    ? pairs.find(({ nominated, state }) => nominated === true && state === 'succeeded')
    : pairs.find(({ id }) => id === named.selectedCandidatePairId);
}

function only<Schema extends v.GenericSchema>(
  entries: readonly unknown[],
  schema: Schema,
): v.InferOutput<Schema>[] {
  return entries.flatMap((entry) => {
    const parsed = v.safeParse(schema, entry);
    return parsed.success ? [parsed.output] : [];
  });
}
