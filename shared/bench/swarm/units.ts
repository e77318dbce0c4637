/** Bytes a second. */
export const KBIT = 1000 / 8;
export const MBIT = 1000 * KBIT;

export const KIB = 1024;
export const MIB = 1024 * KIB;
