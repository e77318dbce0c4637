import * as v from 'valibot';

export interface Config {
  /** 0 for any free port. */
  readonly port: number;
  /** Nothing for all interfaces. */
  readonly host: string | undefined;
  /** UDP; 0 for no STUN. */
  readonly stunPort: number;
  readonly stunUrls: readonly string[];
  readonly turnUrls: readonly string[];
  readonly turnSecret: string | undefined;
  /** Foreign origins whose pages may use the tracker, beside our own page's. */
  readonly allowedOrigins: '*' | readonly string[];
  /** How many reverse proxies stand in front, each adding to `X-Forwarded-*`. */
  readonly trustProxy: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly redisUrl: string | undefined;
}

export type Configuration =
  | { readonly type: 'config'; readonly config: Config }
  /** One line for a person: the variable, what it must be, and what it is. */
  | { readonly type: 'wrong'; readonly problem: string };

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const port = number('a port number from 0 to 65535', 65_535);
const text = v.pipe(
  v.string(),
  v.transform((value) => value || undefined),
);

const schema = v.object({
  PORT: v.optional(port, '8080'),
  HOST: v.optional(text),
  STUN_PORT: v.optional(port, '3478'),
  STUN_URLS: v.optional(listOf(iceUrl('stun'), 'addresses like stun:stun.example.org:3478'), ''),
  TURN_URLS: v.optional(listOf(iceUrl('turn'), 'addresses like turn:turn.example.org:3478'), ''),
  TURN_SECRET: v.optional(text),
  ALLOWED_ORIGINS: v.optional(
    v.union(
      [v.literal('*'), listOf(origin, '* or origins like https://share.example.org')],
      'must be * or origins like https://share.example.org, with commas between',
    ),
    '',
  ),
  TRUST_PROXY: v.optional(number('the number of reverse proxies in front, 0 to 10', 10), '0'),
  LOG_LEVEL: v.optional(v.picklist(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`), 'info'),
  REDIS_URL: v.optional(
    v.pipe(
      text,
      v.check(
        (url) => url === undefined || /^rediss?:\/\/[^\s/]/.test(url),
        'must be an address like redis://redis.example.org:6379',
      ),
    ),
  ),
});

/** An empty variable counts as absent. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Configuration {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value !== '');
  const result = v.safeParse(schema, Object.fromEntries(given), { abortEarly: true });
  if (!result.success) return { type: 'wrong', problem: problemOf(result.issues[0]) };
  const { output } = result;
  if (output.TURN_URLS.length > 0 && output.TURN_SECRET === undefined)
    return { type: 'wrong', problem: 'TURN_SECRET must be set where TURN_URLS is, but is empty.' };
  const config = {
    port: output.PORT,
    host: output.HOST,
    stunPort: output.STUN_PORT,
    stunUrls: output.STUN_URLS,
    turnUrls: output.TURN_URLS,
    turnSecret: output.TURN_SECRET,
    allowedOrigins: output.ALLOWED_ORIGINS,
    trustProxy: output.TRUST_PROXY,
    logLevel: output.LOG_LEVEL,
    redisUrl: output.REDIS_URL,
  };
  return { type: 'config', config };
}

function problemOf(issue: v.BaseIssue<unknown>): string {
  const [variable] = issue.path ?? [];
  const { key, value } = variable ?? {};
  return `${String(key)} ${issue.message}, but is ${JSON.stringify(value)}.`;
}

function number(what: string, most: number) {
  const message = `must be ${what}`;
  return v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^\d{1,5}$/, message),
    v.transform(Number),
    v.maxValue(most, message),
  );
}

/** Comma-separated. */
function listOf(parse: (item: string) => string | undefined, what: string) {
  return v.pipe(
    v.string(),
    v.transform((text) => text.split(',').map((item) => item.trim())),
    v.transform((items) => items.filter((item) => item !== '').map(parse)),
    v.array(v.string(`must be ${what}, with commas between`)),
  );
}

function iceUrl(schemes: 'stun' | 'turn') {
  const form = new RegExp(`^${schemes}s?:[^\\s/]+$`);
  return (item: string) => (form.test(item) ? item : undefined);
}

function origin(item: string): string | undefined {
  return /^https?:\/\/[^\s/]+$/.test(item) && URL.canParse(item) ? new URL(item).origin : undefined;
}
