import type { Figures } from './row.ts';
import { ROWS } from './rows.ts';

/** What a worker is told, and what it answers. */
export interface Job {
  readonly key: string;
  readonly seed: number;
  readonly scale: number;
}
export type Outcome =
  | { readonly type: 'measured'; readonly figures: Figures; readonly seconds: number }
  | { readonly type: 'failed'; readonly error: string };

process.once('message', ({ key, seed, scale }: Job) => {
  process.send?.(measure(key, seed, scale), () => process.disconnect());
});

function measure(key: string, seed: number, scale: number): Outcome {
  const started = performance.now();
  try {
    const figures = ROWS.find((row) => row.key === key)?.measure(seed, scale) ?? {};
    return { type: 'measured', figures, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    return { type: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
