import {
  type AnnouncePayload,
  parseAnnounce,
  type ParsedAnnounce,
  parseSignal,
  type SignalPayload,
} from '@shoal/shared/tracker/payload.ts';

/** Names the channel: tabs of another version of these messages have another. */
export const TAB_CHANNEL = 'shoal/1';

/** What tabs of one browser say to all others: payloads as for a tracker, in envelopes. */
export type TabMessage =
  /** Whoever takes part in the same swarm answers with a `member` for each of its ids. */
  | { readonly type: 'announce' | 'member'; readonly payload: AnnouncePayload }
  | { readonly type: 'signal'; readonly payload: SignalPayload };

type ParsedTabMessage =
  | { readonly type: 'announce' | 'member'; readonly payload: ParsedAnnounce }
  | { readonly type: 'signal'; readonly payload: SignalPayload };

/** Another version of the page may say anything. */
export function parseTabMessage(data: unknown): ParsedTabMessage | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data) || !('payload' in data))
    return undefined;
  const { type, payload } = data;
  if (type === 'signal') {
    const parsed = parseSignal(payload);
    return parsed.type === 'parsed' ? { type, payload: parsed.value } : undefined;
  }
  if (type !== 'announce' && type !== 'member') return undefined;
  const parsed = parseAnnounce(payload);
  return parsed.type === 'parsed' ? { type, payload: parsed.value } : undefined;
}
