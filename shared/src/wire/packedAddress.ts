import { type Bytes, fromHex, toHex } from '../base/bytes.ts';

/** How an address is written: as numbers, or, where a browser hides it, as a name that only its own network resolves. */
export type AddressType = 'ipv4' | 'ipv6' | 'mdns';

/** 4 bytes of an IPv4 address, else 16. */
export interface PackedAddress {
  readonly type: AddressType;
  readonly bytes: Bytes;
}

const GROUPS = 8;
const HIDDEN = /^([\da-f]{8})-([\da-f]{4})-([\da-f]{4})-([\da-f]{4})-([\da-f]{12})\.local$/;

/** Nothing when the text is neither. */
export function addressBytes(text: string): PackedAddress | undefined {
  const hidden = HIDDEN.exec(text)?.slice(1).join('');
  if (hidden !== undefined) return packed('mdns', fromHex(hidden));
  return text.includes(':') ? packed('ipv6', ipv6Bytes(text)) : packed('ipv4', ipv4Bytes(text));
}

export function addressText({ type, bytes }: PackedAddress): string {
  if (type === 'ipv4') return bytes.join('.');
  const hex = toHex(bytes);
  if (type === 'ipv6')
    return (hex.match(/.{4}/g) ?? []).map((group) => group.replace(/^0{1,3}/, '')).join(':');
  const cuts = [0, 8, 12, 16, 20, 32];
  return `${cuts
    .slice(1)
    .map((end, place) => hex.slice(cuts[place], end))
    .join('-')}.local`;
}

function packed(type: AddressType, bytes: Bytes | undefined): PackedAddress | undefined {
  return bytes && { type, bytes };
}

function ipv4Bytes(text: string): Bytes | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return Uint8Array.from(parts, Number);
}

/** Without the forms that mix it with IPv4, which browsers do not write. */
function ipv6Bytes(text: string): Bytes | undefined {
  const [left = '', right, ...more] = text.split('::');
  const head = groupsOf(left);
  const tail = groupsOf(right ?? '');
  const missing = GROUPS - head.length - tail.length;
  if (more.length > 0 || (right === undefined ? missing !== 0 : missing < 1)) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return fromHex(groups.map((group) => group.toLowerCase().padStart(4, '0')).join(''));
}

function groupsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(':');
}
