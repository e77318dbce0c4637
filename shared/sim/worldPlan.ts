import type { Time } from '../src/base/time.ts';
import type { AsleepClock } from './machineClock.ts';
import { bitfieldLiar } from './rivals/bitfieldLiar.ts';
import { freeRider } from './rivals/freeRider.ts';
import { hidingFreeRider } from './rivals/hidingFreeRider.ts';
import { largeViewFreeRider } from './rivals/largeViewFreeRider.ts';
import { poisoner } from './rivals/poisoner.ts';
import { requestFlooder } from './rivals/requestFlooder.ts';
import type { RivalKind } from './rivals/rival.ts';
import { slowloris } from './rivals/slowloris.ts';
import { tyrant } from './rivals/tyrant.ts';
import type { DiskOptions } from './simDisk.ts';

/** Who is not one of ours, by name: plans are data. */
export const RIVALS = {
  'free-rider': freeRider,
  'hiding free-rider': hidingFreeRider,
  'large-view free-rider': largeViewFreeRider,
  tyrant,
  poisoner: poisoner('always'),
  'sly poisoner': poisoner('sometimes'),
  'rejecting liar': bitfieldLiar('rejects'),
  'silent liar': bitfieldLiar('silent'),
  'request flooder': requestFlooder(100),
  slowloris,
} satisfies Record<string, RivalKind>;

export type RivalName = keyof typeof RIVALS;

/** A peer of a planned world. Times are milliseconds, rates bytes a second. */
export interface PlannedPeer {
  readonly name: string;
  /** Pieces that are here from the start. */
  readonly has: 'all' | 'nothing' | readonly number[];
  readonly up: number;
  readonly down: number;
  readonly latency: Time;
  readonly jitter?: number;
  readonly loss?: number;
  readonly disk?: DiskOptions;
  readonly connections?: number;
  readonly leftOut?: readonly number[];
  readonly uploadLimit?: number;
  readonly rival?: RivalName;
  readonly joinsAt: Time;
  /** It leaves so long after it has everything; else it stays. */
  readonly staysOn?: Time;
}

/** Something that goes wrong. Peers are named by their place in the plan. */
export type Fault =
  | {
      readonly type: 'goes';
      readonly peer: number;
      readonly at: Time;
      readonly how: 'leaves' | 'crashes';
      /** It comes back so long afterwards, or never. */
      readonly backAfter?: Time;
    }
  | {
      readonly type: 'sleeps';
      readonly peer: number;
      readonly at: Time;
      readonly for: Time;
      readonly clock: AsleepClock;
    }
  | { readonly type: 'clock-set'; readonly peer: number; readonly at: Time; readonly by: Time }
  | { readonly type: 'tracker-gone'; readonly at: Time; readonly for: Time }
  | {
      readonly type: 'partition';
      readonly at: Time;
      readonly for: Time;
      /** The group of each peer. */
      readonly groups: readonly number[];
      readonly tracker?: number;
    }
  /** The disk changes, and is as before when the fault is over; until then, a peer whose disk refused a piece is gone. */
  | {
      readonly type: 'disk';
      readonly peer: number;
      readonly at: Time;
      readonly for: Time;
      readonly options: DiskOptions;
    }
  | { readonly type: 'rots'; readonly peer: number; readonly at: Time; readonly pieces: readonly number[] };

/** All that is needed to see a run again: plain data, so that it can be kept. */
export interface WorldPlan {
  /** Of everything that is left to chance while it runs. */
  readonly seed: number;
  readonly length: number;
  readonly pieceLength: number;
  readonly peers: readonly PlannedPeer[];
  readonly faults: readonly Fault[];
}

/** When the fault has passed. */
export function endOf(fault: Fault): Time {
  switch (fault.type) {
    case 'goes':
      return fault.at + (fault.backAfter ?? 0);
    case 'sleeps':
    case 'tracker-gone':
    case 'partition':
    case 'disk':
      return fault.at + fault.for;
    case 'clock-set':
    case 'rots':
      return fault.at;
  }
}
