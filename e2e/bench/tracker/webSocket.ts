import { connect, type Socket } from 'node:net';

const TEXT = 0x1;
const BINARY = 0x2;
const CLOSE = 0x8;
/** Of a client's frame: masked, with a key of zeros, so that one encoded frame can be sent again and again. */
const MASKED = 0x80;
const MASK_KEY = Buffer.alloc(4);

/** A whole client's frame of at most 64 KiB. */
export function frame(payload: string | Buffer): Buffer {
  const body = Buffer.from(payload);
  const opcode = 0x80 | (typeof payload === 'string' ? TEXT : BINARY);
  const short = Buffer.from([opcode, MASKED | body.length]);
  if (body.length < 126) return Buffer.concat([short, MASK_KEY, body]);
  const long = Buffer.from([opcode, MASKED | 126, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([long, MASK_KEY, body]);
}

/**
 * As much of a WebSocket client as a load generator needs, so that it costs far less than the server under test: frames
 * are sent as encoded once, and messages are handed over as they lie in the buffer.
 */
export class WebSocketClient {
  readonly #socket: Socket;
  readonly #message: (payload: Buffer) => void;
  #rest: Buffer = Buffer.alloc(0);
  #upgraded = false;

  /** @param address what the proxy in front is said to have seen. */
  constructor(port: number, address: string, message: (payload: Buffer) => void, closed: () => void) {
    this.#message = message;
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (chunk) => this.#read(chunk));
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', closed);
    this.#socket.write(
      [
        'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
        'Host: 127.0.0.1',
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        `X-Forwarded-For: ${address}`,
        '\r\n',
      ].join('\r\n'),
    );
  }

  /** Bytes that the system has not taken yet. */
  get waiting(): number {
    return this.#socket.writableLength;
  }

  write(frames: Buffer): void {
    this.#socket.write(frames);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = bytes.subarray(this.#upgraded ? this.#readFrames(bytes, 0) : this.#readHead(bytes));
  }

  /** Where the first byte is that was not read. */
  #readHead(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return 0;
    this.#upgraded = true;
    return this.#readFrames(bytes, end + 4);
  }

  #readFrames(bytes: Buffer, from: number): number {
    let offset = from;
    while (offset + 2 <= bytes.length) {
      const short = bytes[offset + 1]! & 0x7f;
      const head = short < 126 ? 2 : 4;
      if (offset + head > bytes.length) break;
      const length = short < 126 ? short : bytes.readUInt16BE(offset + 2);
      if (offset + head + length > bytes.length) break;
      if ((bytes[offset]! & 0xf) === CLOSE) this.close();
      else this.#message(bytes.subarray(offset + head, offset + head + length));
      offset += head + length;
    }
    return offset;
  }
}
