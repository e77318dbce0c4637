/** The language of texts.ts: numbers follow the words around them, not the browser. */
const LANGUAGE = 'en';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;
const THOUSAND = 1000;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const whole = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 0 });
const listing = new Intl.ListFormat(LANGUAGE, { type: 'conjunction' });
const plural = new Intl.PluralRules(LANGUAGE);
const cache = new Map<string, Intl.NumberFormat>();

export function formatNumber(value: number): string {
  return whole.format(value);
}

/** A size in decimal units, as file managers show it: `512 bytes`, `1.3 GB`. */
export function formatBytes(bytes: number): string {
  const { value, step } = scale(bytes, 0);
  return unit(value, UNITS[step] ?? 'byte', digits(value, step), step === 0 ? 'long' : 'short');
}

/** `8.1 MB/s`; never a smaller unit than kB/s. */
export function formatRate(bytesPerSecond: number): string {
  const { value, step } = scale(bytesPerSecond, 1);
  return unit(value, `${UNITS[step] ?? 'byte'}-per-second`, digits(value, step));
}

/** The two largest units that matter: `45 sec`, `12 min`, `2 hr 5 min`, `3 days 4 hr`. */
export function formatDuration(seconds: number): string {
  if (seconds < MINUTE) return unit(Math.max(1, Math.ceil(seconds)), 'second');
  const rounded = Math.round(seconds / MINUTE) * MINUTE;
  if (rounded < HOUR) return unit(rounded / MINUTE, 'minute');
  if (rounded < DAY) return pair(rounded, HOUR, 'hour', MINUTE, 'minute');
  return pair(Math.round(seconds / HOUR) * HOUR, DAY, 'day', HOUR, 'hour');
}

/** 0 to 100, rounded down: 100 means everything. */
export function percentOf(done: number, size: number): number {
  if (size <= 0) return 0;
  return Math.max(0, Math.min(100, Math.floor((done / size) * 100)));
}

export function formatPercent(percent: number): string {
  return `${formatNumber(percent)}%`;
}

/** `a, b, and c`. */
export function formatList(items: readonly string[]): string {
  return listing.format(items);
}

/** `1 file`, `1,000 files`: the number, then the word that goes with it. */
export function counted(count: number, one: string, many: string): string {
  return `${formatNumber(count)} ${worded(count, one, many)}`;
}

/** The word alone. */
export function worded(count: number, one: string, many: string): string {
  return plural.select(count) === 'one' ? one : many;
}

/** The value in the smallest unit, from `least` on, in which it is shown below a thousand. */
function scale(amount: number, least: number): { readonly value: number; readonly step: number } {
  let step = least;
  let value = Math.max(0, amount) / THOUSAND ** least;
  while (rounded(value, step) >= THOUSAND && step < UNITS.length - 1) {
    value /= THOUSAND;
    step++;
  }
  return { value, step };
}

/** One decimal below a hundred; none for bytes. */
function digits(value: number, step: number): number {
  return step > 0 && value < 99.95 ? 1 : 0;
}

function rounded(value: number, step: number): number {
  return Number(value.toFixed(digits(value, step)));
}

function pair(seconds: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((seconds % large) / small);
  const first = unit(Math.floor(seconds / large), largeUnit);
  return rest === 0 ? first : `${first} ${unit(rest, smallUnit)}`;
}

function unit(
  value: number,
  name: string,
  fractionDigits = 0,
  unitDisplay: 'short' | 'long' = 'short',
): string {
  const key = `${name} ${fractionDigits} ${unitDisplay}`;
  const format =
    cache.get(key) ??
    new Intl.NumberFormat(LANGUAGE, {
      style: 'unit',
      unit: name,
      unitDisplay,
      maximumFractionDigits: fractionDigits,
    });
  cache.set(key, format);
  return format.format(value);
}
