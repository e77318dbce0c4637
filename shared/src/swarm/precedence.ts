/** When somebody who may request from us is served: before the others, in turn with them, or with what they leave over. */
export type Precedence = (typeof PRECEDENCES)[number];

/** The first come first. */
export const PRECEDENCES = ['first', 'in-turn', 'last'] as const;
