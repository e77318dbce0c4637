import type { Place } from './nodeId.ts';

const DIGITS = 40;
const HEAD_DIGITS = 8;
const HEAD_RANGE = 2 ** 32;

/**
 * By distance to the target, which is the exclusive or (Kademlia): negative when `a` is nearer. Both share every digit
 * before the first in which they differ, so that one decides.
 */
export function compareDistance(target: Place, a: Place, b: Place): number {
  for (let place = 0; place < DIGITS; place++) {
    if (a.charCodeAt(place) === b.charCodeAt(place)) continue;
    const digit = digitAt(target, place);
    return (digitAt(a, place) ^ digit) - (digitAt(b, place) ^ digit);
  }
  return 0;
}

export function isNearer(target: Place, a: Place, b: Place): boolean {
  return compareDistance(target, a, b) < 0;
}

/** How many leading bits two places share: 0 to 160. It is the number of the bucket that either is in for the other. */
export function sharedBits(a: Place, b: Place): number {
  for (let place = 0; place < DIGITS; place++) {
    const difference = digitAt(a, place) ^ digitAt(b, place);
    if (difference !== 0) return 4 * place + Math.clz32(difference) - 28;
  }
  return 4 * DIGITS;
}

/** The first 32 bits, as a number: enough to tell how far, not to tell who. */
export function headOf(place: Place): number {
  return Number.parseInt(place.slice(0, HEAD_DIGITS), 16);
}

/** Distance as a share of the whole space, from 0 to 1, to 32 bits. */
export function shareBetween(head: number, other: number): number {
  return ((head ^ other) >>> 0) / HEAD_RANGE;
}

function digitAt(place: Place, index: number): number {
  const code = place.charCodeAt(index);
  return code < 58 ? code - 48 : code - 87;
}
