import { MINUTE, SECOND } from '@shoal/shared/base/time.ts';
import type { IceServerPayload } from '@shoal/shared/tracker/payload.ts';
import type { Config } from './config.ts';
import { turnCredentials } from './turn.ts';

export type IceConfig = Pick<Config, 'stunUrls' | 'turnUrls' | 'turnSecret'>;

/** How long a TURN server takes the credentials. A relay once allocated outlives them. */
const TURN_LIFETIME = 60 * MINUTE;

/** So often everybody gets fresh ones, which therefore have half of their life left at least. */
export const RENEW_EVERY = TURN_LIFETIME / 2;

/**
 * What a page needs to be reached: our own STUN under the name that the page was reached by, then what is configured.
 *
 * @param today milliseconds since 1970.
 */
export function iceServers(
  name: string | undefined,
  stunPort: number | undefined,
  { stunUrls, turnUrls, turnSecret }: IceConfig,
  today: number,
): IceServerPayload[] {
  const own = stunPort === undefined || name === undefined ? [] : [`stun:${name}:${stunPort}`];
  const stun = [...own, ...stunUrls].map((url) => ({ urls: [url] }));
  if (turnSecret === undefined || turnUrls.length === 0) return stun;
  const credentials = turnCredentials(turnSecret, (today + TURN_LIFETIME) / SECOND);
  return [...stun, { urls: [...turnUrls], ...credentials }];
}
