import type { IncomingMessage } from 'node:http';
import type { Config } from './config.ts';

/** `name:port` as the browser sees this server, the port left out where it is the usual one. */
export function hostOf(
  { headers }: Pick<IncomingMessage, 'headers'>,
  trustProxy: number,
): string | undefined {
  const forwarded = trustProxy > 0 ? headers['x-forwarded-host'] : undefined;
  const [first] = forwarded === undefined ? [] : String(forwarded).split(',');
  return (first ?? headers.host)?.trim().toLowerCase();
}

/** The name alone; an IPv6 address stays in its brackets. */
export function hostnameOf(host: string | undefined): string | undefined {
  const url = `http://${host ?? ''}`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

/** Our own page may use the tracker, listed origins may, and so may what is no web page (no Origin header). */
export function admits(
  allowed: Config['allowedOrigins'],
  origin: string | undefined,
  host: string | undefined,
): boolean {
  if (origin === undefined || allowed === '*') return true;
  return allowed.includes(origin) || (URL.canParse(origin) && new URL(origin).host === host);
}
