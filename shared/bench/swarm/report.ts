import { isReached, type Row } from './finding.ts';

const NAME_WIDTH = 34;
const VALUE_WIDTH = 12;

/** A line of the table: name, value, what it has to reach, and whether it does. */
export function line(row: Row): string {
  const { name, value, reach } = row;
  const figure = `${name.padEnd(NAME_WIDTH)}${legible(value).padStart(VALUE_WIDTH)}`;
  if (reach === undefined) return figure;
  const bar = 'atMost' in reach ? `≤ ${reach.atMost}` : `≥ ${reach.atLeast}`;
  return `${figure}  ${bar} ${isReached(value, reach) ? 'reached' : 'MISSED'}`;
}

function legible(value: number): string {
  return Math.abs(value) >= 1000 ? value.toFixed(0) : value.toFixed(3);
}
