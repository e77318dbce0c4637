import type { Random } from '../../src/base/random.ts';
import type { Policies } from '../../src/swarm/policies.ts';
import type { Message } from '../../src/wire/message.ts';

/** What to say instead of a message that a peer of ours would send now. */
export type Speech = (message: Message) => readonly Message[];

/** How a peer differs from ours; where nothing is said here, it does not. */
export interface Rival {
  /** Keeps to the protocol and does its work: the referee lets the others break what binds ours. */
  readonly honest: boolean;
  /** False: it fetches nothing. */
  readonly downloads?: boolean;
  readonly policies?: Partial<Policies>;
  /** How many connections its page has. */
  readonly connections?: number;
  /** How many members it has the tracker introduce at a time. */
  readonly view?: number;
  /** The most it uploads, in bytes a second. */
  readonly uploadLimit?: number;
  readonly says?: Speech;
}

/** What a rival knows of itself before it begins. */
export interface Situation {
  readonly random: Random;
  /** Bytes a second. */
  readonly up: number;
  /** Bytes. */
  readonly pieceLength: number;
}

/** Makes one rival of a kind, with a memory of its own. */
export type RivalKind = (situation: Situation) => Rival;
