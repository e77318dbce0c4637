import { type Bytes, fromUtf8, toUtf8 } from '../base/bytes.ts';
import { encodeEnvelope, type Envelope, parseEnvelope } from './envelope.ts';

/**
 * What two peers tell each other over lane 0 to connect once more: the payload of the extension `shoal_lane`. Not sealed:
 * lane 0 is, and it is the proof of who speaks.
 */
export function encodeLaneSignal(envelope: Envelope): Bytes {
  return toUtf8(encodeEnvelope(envelope));
}

/** Nothing unless it is about a further lane, and may reach the browser's WebRTC. */
export function parseLaneSignal(payload: Uint8Array): Envelope | undefined {
  const text = fromUtf8(payload);
  const result = text === undefined ? undefined : parseEnvelope(text);
  return result?.type === 'envelope' && result.envelope.lane > 0 ? result.envelope : undefined;
}
