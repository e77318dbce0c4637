import { isFingerprint, normalFingerprint } from './fingerprint.ts';
import { MAX_CANDIDATE, MAX_SIGNAL } from './limits.ts';

type DescriptionResult =
  /** The fingerprint in its normal form. */
  | { readonly type: 'ok'; readonly fingerprint: string }
  | {
      readonly type: 'refused';
      readonly reason:
        'too-long' | 'malformed-line' | 'not-data-only' | 'not-one-fingerprint' | 'malformed-fingerprint';
    };

type CandidateResult =
  { readonly type: 'ok' } | { readonly type: 'refused'; readonly reason: 'too-long' | 'malformed-candidate' };

/** Lines as every parser sees them: one lower-case letter, `=`, printable ASCII. */
const LINE = /^[a-z]=[ -~]*$/;
const FINGERPRINT_PREFIX = 'a=fingerprint:';

/**
 * Whether a session description asks for one data connection under one certificate, and under which. Browsers differ
 * in which of several fingerprints they use, so there must be exactly one line of that name, of whatever algorithm;
 * anything that one parser might read as a line and another not is refused.
 */
export function checkDescription(sdp: string): DescriptionResult {
  if (sdp.length > MAX_SIGNAL) return { type: 'refused', reason: 'too-long' };
  const lines = sdp.replace(/\r?\n$/, '').split(/\r?\n/);
  if (!lines.every((line) => LINE.test(line))) return { type: 'refused', reason: 'malformed-line' };
  if (!isDataOnly(lines)) return { type: 'refused', reason: 'not-data-only' };
  return checkFingerprint(lines.filter((line) => /^a=\s*fingerprint/i.test(line)));
}

/** Whether the text can be an ICE candidate; an empty one ends the candidates (RFC 8838). */
export function checkCandidate(text: string): CandidateResult {
  if (text.length > MAX_CANDIDATE) return { type: 'refused', reason: 'too-long' };
  if (text === '' || /^candidate:[ -~]*$/.test(text)) return { type: 'ok' };
  return { type: 'refused', reason: 'malformed-candidate' };
}

function isDataOnly(lines: readonly string[]): boolean {
  const [section, ...others] = lines.filter((line) => line.startsWith('m='));
  return section?.startsWith('m=application ') === true && others.length === 0;
}

function checkFingerprint([line, ...others]: readonly string[]): DescriptionResult {
  if (line === undefined || others.length > 0) return { type: 'refused', reason: 'not-one-fingerprint' };
  const value = line.slice(FINGERPRINT_PREFIX.length);
  if (!line.startsWith(FINGERPRINT_PREFIX) || !isFingerprint(value))
    return { type: 'refused', reason: 'malformed-fingerprint' };
  return { type: 'ok', fingerprint: normalFingerprint(value) };
}
