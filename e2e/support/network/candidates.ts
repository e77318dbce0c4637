/** Where a page's socket can be reached. */
export interface Place {
  readonly address: string;
  readonly port: number;
}

const [PROTOCOL, ADDRESS, PORT, , TYPE] = [2, 4, 5, 6, 7];
const IPV4 = /^\d+(?:\.\d+){3}$/;

/** The place that an ICE candidate (RFC 8839, section 5.1) names, where a relay of UDP over IPv4 can stand for it. */
export function placeOf(candidate: string): Place | undefined {
  const fields = candidate.split(' ');
  const [address, port] = [fields[ADDRESS], Number(fields[PORT])];
  const fits = fields[TYPE] === 'host' && fields[PROTOCOL]?.toLowerCase() === 'udp';
  return fits && address !== undefined && IPV4.test(address) ? { address, port } : undefined;
}

/** The candidate with another port. */
export function withPort(candidate: string, port: number): string {
  return candidate.split(' ').with(PORT, String(port)).join(' ');
}

/** Of a TURN server, or the empty one that ends the candidates: these do not name a place of the page's own. */
export function isKept(candidate: string): boolean {
  return candidate === '' || candidate.split(' ')[TYPE] === 'relay';
}
