import * as v from 'valibot';
import { checkCandidate, checkDescription } from './description.ts';
import { MAX_LANES } from './limits.ts';
import type { Signal } from './signal.ts';

/** A signal and the lane it is about, from 0 to MAX_LANES − 1. */
export interface Envelope {
  readonly lane: number;
  readonly signal: Signal;
}

type EnvelopeResult =
  | { readonly type: 'envelope'; readonly envelope: Envelope }
  | { readonly type: 'refused'; readonly reason: string };

const number = (below: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(below - 1));

const ENVELOPE = v.object({
  lane: number(MAX_LANES),
  signal: v.variant('type', [
    v.object({ type: v.literal('offer'), sdp: v.string() }),
    v.object({ type: v.literal('answer'), sdp: v.string() }),
    v.object({
      type: v.literal('candidate'),
      candidate: v.string(),
      mid: v.nullable(v.pipe(v.string(), v.maxLength(32))),
      line: v.nullable(number(2 ** 16)),
    }),
  ]),
});

export function encodeEnvelope({ lane, signal }: Envelope): string {
  return JSON.stringify({ lane, signal });
}

/** Only what may reach the browser's WebRTC: see `checkDescription` and `checkCandidate`. */
export function parseEnvelope(text: string): EnvelopeResult {
  const parsed = v.safeParse(ENVELOPE, jsonOf(text));
  if (!parsed.success) return { type: 'refused', reason: `not an envelope: ${parsed.issues[0].message}` };
  const { lane, signal } = parsed.output;
  const check = signal.type === 'candidate' ? checkCandidate(signal.candidate) : checkDescription(signal.sdp);
  return check.type === 'ok' ? { type: 'envelope', envelope: { lane, signal } } : check;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
