import { KBIT, KIB, MBIT, MIB } from './units.ts';

/** How uplinks are drawn. Rates are in bytes a second everywhere. */
export type Uplinks =
  | { readonly type: 'equal'; readonly rate: number }
  | { readonly type: 'pareto'; readonly alpha: number; readonly least: number; readonly most: number };

/** `churn`: half leave early, the others long after they could be done, the seed once somebody else has everything. */
type Leaving = 'when-finished' | 'never' | 'churn';

export type RivalName = 'free-rider' | 'large-view' | 'tyrant';

/** Which leechers are none of ours. */
type Rivals =
  | { readonly type: 'none' }
  /** A share of all, 0 to 1; with `first` they join before the others. */
  | { readonly type: 'some'; readonly name: RivalName; readonly share: number; readonly first: boolean }
  /** The one whose uplink is in the middle. */
  | { readonly type: 'one'; readonly name: RivalName };

/** Everything a simulated swarm is drawn from, the seed of chance excepted. Plain data: it travels between processes. */
export interface Setting {
  readonly leechers: number;
  /** Bytes. */
  readonly length: number;
  readonly pieceLength: number;
  readonly seedUp: number;
  readonly ups: Uplinks;
  readonly down: number;
  /** How many neighbours a peer has at most. */
  readonly neighbours: number;
  /** `together`: within ten seconds. */
  readonly arrivals: 'together' | 'poisson';
  readonly leaving: Leaving;
  readonly rivals: Rivals;
}

/** What holds unless a case says otherwise. */
export const DEFAULT: Setting = {
  leechers: 100,
  length: 25 * MIB,
  pieceLength: 64 * KIB,
  seedUp: 1000 * KBIT,
  ups: { type: 'equal', rate: 400 * KBIT },
  down: 1500 * KBIT,
  neighbours: 30,
  arrivals: 'together',
  leaving: 'when-finished',
  rivals: { type: 'none' },
};

export const PARETO: Uplinks = { type: 'pareto', alpha: 1.2, least: 128 * KBIT, most: 10 * MBIT };
