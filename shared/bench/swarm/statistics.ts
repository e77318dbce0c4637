/** Middle of the values, or between the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const middle = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return mean(middle.filter((value) => value !== undefined));
}

export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('statistics: expected values, received none');
  return sum(values) / values.length;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The least value that at least this share (0 to 1) of all values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const value = ascending(values)[Math.max(Math.ceil(values.length * share) - 1, 0)];
  if (value === undefined) throw new RangeError('percentile: expected values, received none');
  return value;
}

/** Spearman's rank correlation, −1 to 1, of two lists of the same length; equal values share their mean rank. */
export function rankCorrelation(xs: readonly number[], ys: readonly number[]): number {
  return correlation(ranks(xs), ranks(ys));
}

function correlation(xs: readonly number[], ys: readonly number[]): number {
  const [x, y] = [deviations(xs), deviations(ys)];
  const products = x.map((value, index) => value * (y[index] ?? Number.NaN));
  return sum(products) / Math.sqrt(sum(squares(x)) * sum(squares(y)));
}

function deviations(values: readonly number[]): number[] {
  const centre = mean(values);
  return values.map((value) => value - centre);
}

function squares(values: readonly number[]): number[] {
  return values.map((value) => value * value);
}

function ranks(values: readonly number[]): number[] {
  const sorted = ascending(values);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
}

function ascending(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}
