import type { Time } from '../../src/base/time.ts';
import type { RivalName } from './setting.ts';
import type { Departure } from './visits.ts';

/** What became of one peer of a simulated run. */
export interface PeerRecord {
  readonly role: 'seed' | 'leecher';
  readonly rival: RivalName | undefined;
  readonly leaves: Departure;
  /** Bytes a second. */
  readonly up: number;
  readonly down: number;
  readonly joinedAt: Time;
  /** When it had everything, if it ever did. */
  readonly completedAt: Time | undefined;
  readonly leftAt: Time | undefined;
  /** Bytes of pieces that left its line, and that came. */
  readonly uploaded: number;
  readonly downloaded: number;
}

/** What became of a simulated run. The same setting and seed give the same record, `cost` aside. */
export interface RunRecord {
  /** `limit`: it took longer than anybody would wait. */
  readonly end: 'done' | 'quiet' | 'limit';
  readonly endedAt: Time;
  readonly hash: string;
  readonly events: number;
  /** The seed first. */
  readonly peers: readonly PeerRecord[];
  /** Bytes of pieces that had left the seed's line when every piece was first somewhere else too. */
  readonly sentForOneCopy: number | undefined;
  /** When nine leechers of ten had everything, and what had left the lines of all by then. */
  readonly ninety: { readonly at: Time; readonly uploaded: number } | undefined;
  /** When a piece had no holder left. */
  readonly brokenAt: Time | undefined;
  readonly cost: { readonly wallSeconds: number; readonly peakMiB: number };
}
