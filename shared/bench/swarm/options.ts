import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { BenchOptions } from './bench.ts';

interface Options extends BenchOptions {
  readonly json: boolean;
  /** The keys to measure; nothing said: all. */
  readonly only: readonly string[] | undefined;
  /** Processes at once. */
  readonly workers: number;
}

/** @throws RangeError or TypeError for what is no option of the bench. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string' },
      seeds: { type: 'string', default: '5' },
      peers: { type: 'string', default: '100' },
      mib: { type: 'string', default: '25' },
      workers: { type: 'string', default: String(availableParallelism()) },
    },
  });
  return {
    json: values.json,
    only: values.only?.split(','),
    seeds: wholeNumber('--seeds', values.seeds),
    peers: wholeNumber('--peers', values.peers),
    mib: wholeNumber('--mib', values.mib),
    workers: wholeNumber('--workers', values.workers),
  };
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new RangeError(`${name}: expected a whole number from 1, received ${text}`);
}
