const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;
const THOUSAND = 1000;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The forms of a phrase that a language tells apart by number; `#` stands for the number. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** Numbers and units as one language writes them. */
export class Formats {
  readonly #language: string;
  readonly #whole: Intl.NumberFormat;
  readonly #percent: Intl.NumberFormat;
  readonly #listing: Intl.ListFormat;
  readonly #rules: Intl.PluralRules;
  readonly #units = new Map<string, Intl.NumberFormat>();

  /** @param language as BCP 47 names it. */
  constructor(language: string) {
    this.#language = language;
    this.#whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
    this.#percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
    this.#listing = new Intl.ListFormat(language, { type: 'conjunction' });
    this.#rules = new Intl.PluralRules(language);
  }

  number(value: number): string {
    return this.#whole.format(value);
  }

  /** A size in decimal units, as file managers show it: `512 bytes`, `1.3 GB`. */
  bytes(bytes: number): string {
    const { value, step } = scale(bytes, 0);
    return this.#unit(value, UNITS[step] ?? 'byte', digits(value, step), step === 0 ? 'long' : 'short');
  }

  /** `8.1 MB/s`; never a smaller unit than kB/s. */
  rate(bytesPerSecond: number): string {
    const { value, step } = scale(bytesPerSecond, 1);
    return this.#unit(value, `${UNITS[step] ?? 'byte'}-per-second`, digits(value, step));
  }

  /** The two largest units that matter: `45 sec`, `12 min`, `2 hr 5 min`, `3 days 4 hr`. */
  duration(seconds: number): string {
    if (seconds < MINUTE) return this.#unit(Math.max(1, Math.ceil(seconds)), 'second');
    const rounded = Math.round(seconds / MINUTE) * MINUTE;
    if (rounded < HOUR) return this.#unit(rounded / MINUTE, 'minute');
    if (rounded < DAY) return this.#pair(rounded, HOUR, 'hour', MINUTE, 'minute');
    return this.#pair(Math.round(seconds / HOUR) * HOUR, DAY, 'day', HOUR, 'hour');
  }

  /** @param percent 0 to 100. */
  percent(percent: number): string {
    return this.#percent.format(percent / 100);
  }

  /** `a, b, and c`. */
  list(items: readonly string[]): string {
    return this.#listing.format(items);
  }

  /** The form that goes with the number: `1 file`, `1,000 files`. */
  plural(count: number, forms: PluralForms): string {
    const form = forms[this.#rules.select(count)] ?? forms.other;
    return form.replace('#', this.number(count));
  }

  #pair(seconds: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
    const rest = Math.floor((seconds % large) / small);
    const first = this.#unit(Math.floor(seconds / large), largeUnit);
    return rest === 0 ? first : `${first} ${this.#unit(rest, smallUnit)}`;
  }

  #unit(value: number, name: string, fractionDigits = 0, unitDisplay: 'short' | 'long' = 'short'): string {
    const key = `${name} ${fractionDigits} ${unitDisplay}`;
    const format =
      this.#units.get(key) ??
      new Intl.NumberFormat(this.#language, {
        style: 'unit',
        unit: name,
        unitDisplay,
        maximumFractionDigits: fractionDigits,
      });
    this.#units.set(key, format);
    return format.format(value);
  }
}

/** 0 to 100, rounded down: 100 means everything. */
export function percentOf(done: number, size: number): number {
  if (size <= 0) return 0;
  return Math.max(0, Math.min(100, Math.floor((done / size) * 100)));
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

/** A name that somebody else chose, for the middle of a sentence: it cannot turn the words around it (UAX 9, 2.4). */
export function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}
