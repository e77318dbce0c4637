import * as v from 'valibot';
import type { Bytes } from '../base/bytes.ts';
import { SECRET_BYTES } from '../content/keys.ts';

const bytes = v.custom<Bytes>((value) => value instanceof Uint8Array && value.buffer instanceof ArrayBuffer);

const schema = v.object({
  version: v.literal(1),
  role: v.picklist(['sharer', 'receiver']),
  secret: v.pipe(
    bytes,
    v.check((secret) => secret.length === SECRET_BYTES),
  ),
  /** The info dictionary, once it is known. */
  info: v.optional(bytes),
  /** The packed piece layer, once it is known. */
  layer: v.optional(bytes),
  /** Files, by their place in the manifest, that the person does not want. */
  leftOut: v.optional(v.array(v.number()), []),
  /** Whether the person has asked for the content. */
  wanted: v.boolean(),
  paused: v.boolean(),
  /** The person has removed it: deleted for good unless that is taken back at once. */
  removed: v.optional(v.boolean(), false),
  /** URLs that the link names. */
  trackers: v.array(v.string()),
  /** Those of them that the person lets us contact. */
  asked: v.optional(v.array(v.string()), []),
  /** Greater than that of every share remembered before. */
  order: v.number(),
});

/** What this browser remembers of a share, beside its pieces. */
export type ShareRecord = Readonly<v.InferOutput<typeof schema>>;

/** Nothing when the record is not one, or of another version. */
export function parseShareRecord(value: unknown): ShareRecord | undefined {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : undefined;
}

/** Of a share just made, or a link just opened. */
export function newShareRecord(role: ShareRecord['role'], secret: Bytes, order: number): ShareRecord {
  return {
    version: 1,
    role,
    secret,
    wanted: false,
    paused: false,
    removed: false,
    trackers: [],
    asked: [],
    leftOut: [],
    order,
  };
}
