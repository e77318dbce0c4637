import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv4, isIPv6 } from 'node:net';

const HEADER = 20;
const BINDING_REQUEST = 0x0001;
const BINDING_RESPONSE = 0x0101;
const XOR_MAPPED_ADDRESS = 0x0020;
const MAGIC_COOKIE = 0x2112a442;
const IPV4 = 0x01;
const IPV6 = 0x02;
/** No binding request is longer; a datagram that would be fragmented is none. */
const LONGEST_REQUEST = 1280;

/** Where a datagram came from, as Node tells it. */
export interface Origin {
  readonly address: string;
  readonly port: number;
}

/**
 * The answer to a STUN binding request (RFC 8489): the sender's own address, XOR-MAPPED-ADDRESS. Nothing for all else.
 * At most 24 bytes longer than the request, so that forged senders gain nothing. Attributes of the request are not
 * read: none of them changes the answer.
 */
export function answerStun(message: Uint8Array, origin: Origin): Uint8Array | undefined {
  if (!isBindingRequest(message)) return undefined;
  const transaction = message.subarray(4, HEADER);
  const address = addressBytes(origin.address);
  if (address === undefined) return undefined;
  const answer = new Uint8Array(HEADER + 8 + address.length);
  const view = new DataView(answer.buffer);
  view.setUint16(0, BINDING_RESPONSE);
  view.setUint16(2, answer.length - HEADER);
  answer.set(transaction, 4);
  view.setUint16(HEADER, XOR_MAPPED_ADDRESS);
  view.setUint16(HEADER + 2, 4 + address.length);
  view.setUint8(HEADER + 5, address.length === 4 ? IPV4 : IPV6);
  view.setUint16(HEADER + 6, origin.port ^ (MAGIC_COOKIE >>> 16));
  answer.set(
    address.map((byte, index) => byte ^ (transaction[index] ?? 0)),
    HEADER + 8,
  );
  return answer;
}

function isBindingRequest(message: Uint8Array): boolean {
  if (message.length < HEADER || message.length > LONGEST_REQUEST) return false;
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  return (
    view.getUint16(0) === BINDING_REQUEST &&
    view.getUint16(2) === message.length - HEADER &&
    message.length % 4 === 0 &&
    view.getUint32(4) === MAGIC_COOKIE
  );
}

/** 4 or 16 bytes. An IPv4 address seen through an IPv6 socket (`::ffff:1.2.3.4`) counts as IPv4. */
function addressBytes(address: string): Uint8Array | undefined {
  const [plain = ''] = address.replace(/^::ffff:(?=\d+\.)/i, '').split('%');
  if (isIPv4(plain)) return Uint8Array.from(plain.split('.'), Number);
  return isIPv6(plain) ? ipv6Bytes(plain) : undefined;
}

function ipv6Bytes(address: string): Uint8Array {
  const [head = [], tail = []] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const gap = Array.from({ length: 8 - head.length - tail.length }, () => '0');
  const groups = [...head, ...gap, ...tail].map((group) => Number.parseInt(group, 16));
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

export interface Stun {
  readonly port: number;
  close(): void;
}

/** Answers on UDP, on IPv6 and IPv4 where the host has both. Rejects when the port is taken. */
export async function listenStun(port: number, host?: string): Promise<Stun> {
  const socket = await bind(port, host);
  socket.on('message', (message, origin) => {
    const answer = answerStun(message, origin);
    if (answer) socket.send(answer, origin.port, origin.address, () => undefined);
  });
  socket.on('error', () => undefined);
  return { port: socket.address().port, close: () => socket.close() };
}

async function bind(port: number, host: string | undefined): Promise<Socket> {
  if (host !== undefined) return bound(isIPv6(host) ? 'udp6' : 'udp4', port, host);
  try {
    return await bound('udp6', port);
  } catch (error) {
    if (isErrno(error) && error.code === 'EAFNOSUPPORT') return bound('udp4', port);
    throw error;
  }
}

async function bound(type: 'udp4' | 'udp6', port: number, address?: string): Promise<Socket> {
  const socket = createSocket({ type });
  socket.bind({ port, ...(address === undefined ? {} : { address }) });
  try {
    await once(socket, 'listening');
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
