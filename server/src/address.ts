import type { IncomingHttpHeaders } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';

/** Whose limits a client counts against: an IPv4 address, or the first 64 bits of an IPv6 address, a household's share. */
export type Address = string;

const UNKNOWN: Address = 'unknown';

/** As much of a request as tells where it comes from. */
export interface Traveller {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/**
 * Where a request comes from. Each of the trusted proxies has appended to X-Forwarded-For the address it was reached
 * from; what stands before those was written by the client, and is not believed.
 */
export function addressOf(request: Traveller, trustProxy: number): Address {
  const direct = request.socket.remoteAddress ?? '';
  if (trustProxy === 0) return groupOf(direct) ?? UNKNOWN;
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',');
  const trusted = forwarded.at(-trustProxy) ?? forwarded[0] ?? '';
  return groupOf(trusted.trim()) ?? groupOf(direct) ?? UNKNOWN;
}

/** Nothing for what is no address. Some proxies add a port. */
export function groupOf(text: string): Address | undefined {
  const [plain = ''] = text
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .split('%');
  const [withoutPort = ''] = plain.split(':', plain.includes('.') ? 1 : undefined);
  if (isIPv4(withoutPort)) return withoutPort;
  return isIPv6(plain) ? networkOf(plain) : undefined;
}

function networkOf(address: string): Address {
  const [head = [], tail = []] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const gap = Array.from({ length: Math.max(8 - head.length - tail.length, 0) }, () => '0');
  const groups = [...head, ...gap, ...tail].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
