/** How many peers are unchoked at once unless the uplink says otherwise: 4 for what they give, beside an optimistic one. */
export const DEFAULT_SLOTS = 4;

const LEAST_SLOTS = 2;
const MOST_SLOTS = 8;
const SLOW_UPLINK = 32 * 1024;
const FAST_UPLINK = 1024 * 1024;

/**
 * Few slots on a slow uplink, for many thin ones serve nobody; one more for each doubling of a fast one, for a single
 * data channel cannot fill it.
 *
 * @param uplink bytes a second: the limit a person set, or the most ever measured. Nothing when it is not known.
 */
export function slotsFor(uplink: number | undefined): number {
  if (uplink === undefined) return DEFAULT_SLOTS;
  if (uplink < SLOW_UPLINK / 2) return LEAST_SLOTS;
  if (uplink < SLOW_UPLINK) return LEAST_SLOTS + 1;
  if (uplink < FAST_UPLINK) return DEFAULT_SLOTS;
  return Math.min(DEFAULT_SLOTS + Math.floor(Math.log2(uplink / FAST_UPLINK)), MOST_SLOTS);
}
