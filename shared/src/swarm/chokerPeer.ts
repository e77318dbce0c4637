import type { RateMeter } from '../base/rateMeter.ts';
import type { Time } from '../base/time.ts';

type Meter = Pick<RateMeter, 'rate' | 'total'>;

/** What the choker is told of a peer. Only bytes that really passed count, never what a peer says of itself. */
export interface ChokerPeer<Id> {
  readonly id: Id;
  readonly admittedAt: Time;
  /** The peer wants what we have. */
  readonly interested: boolean;
  /** Says it has nothing. */
  readonly claimsNothing: boolean;
  /** Says it has nothing, and has been given next to nothing by us. */
  readonly empty: boolean;
  /** Says it lacks no more than a turn brings. */
  readonly nearlyDone: boolean;
  /** Bytes of a piece. */
  readonly pieceLength: number;
  /** The peer unchoked us and then sent nothing it was asked for. */
  readonly snubbed: boolean;
  /** With a first seeder: what it was given has appeared elsewhere. */
  readonly passesOn: boolean;
  /** With a first seeder: keeps to itself what nobody else was given. */
  readonly hoards: boolean;
  /** Piece bytes from the peer. */
  readonly received: Meter;
  /** Piece bytes to the peer. */
  readonly sent: Meter;
}
