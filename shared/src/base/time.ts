/** Milliseconds on a clock that never goes back. Only differences mean anything. */
export type Time = number;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
