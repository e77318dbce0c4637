import type { LineSettings } from './line.ts';
import type { Counts } from './relay.ts';

/** What the relay's process is asked; it answers each question once, in any order. */
export type Question =
  | { readonly type: 'line'; readonly line: number; readonly settings: LineSettings }
  | { readonly type: 'stand'; readonly line: number; readonly address: string; readonly port: number }
  | { readonly type: 'forget'; readonly line: number }
  | { readonly type: 'counts' };

export interface Asked {
  readonly id: number;
  readonly question: Question;
}

export interface Answer {
  readonly id: number;
  readonly value: Counts | number | undefined;
}
