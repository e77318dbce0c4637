import { createHmac } from 'node:crypto';

/**
 * Credentials for a TURN server that knows the secret ("A REST API For Access To TURN Services", draft-uberti, as
 * coturn's `use-auth-secret`): they say themselves when they end.
 *
 * @param expiry seconds since 1970.
 */
export function turnCredentials(secret: string, expiry: number): { username: string; credential: string } {
  const username = String(Math.floor(expiry));
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}
