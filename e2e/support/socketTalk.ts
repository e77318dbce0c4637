/** What is said over a socket.io connection, one WebSocket message or two at a time (Engine.IO 4, Socket.IO 5). */
export type Talk =
  | {
      readonly type: 'event';
      readonly name: string;
      readonly payload: Readonly<Record<string, unknown>>;
      /** Asks for an acknowledgement under this number. */
      readonly id?: number | undefined;
      /** The one binary field that any of our payloads has. */
      readonly sealed?: Buffer | undefined;
    }
  | { readonly type: 'ack'; readonly id: number; readonly payload: Readonly<Record<string, unknown>> }
  /** Of the layers below: handshakes, pings. */
  | { readonly type: 'other'; readonly text: string };

const TALK = /^4([235])(?:\d+-)?(\d*)(\[.*\])$/s;
const ACK = '3';
const BINARY_EVENT = '5';
const PLACEHOLDER = { _placeholder: true, num: 0 };

/** Puts together what arrives on one connection. */
export class TalkReader {
  #waiting: { name: string; payload: Readonly<Record<string, unknown>> } | undefined;

  /** Nothing while the rest is still to come. */
  read(data: Buffer, isBinary: boolean): Talk | undefined {
    if (isBinary) {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      return waiting && { type: 'event', ...waiting, sealed: data };
    }
    return this.#readText(data.toString());
  }

  #readText(text: string): Talk | undefined {
    const [, kind, number = '', json = ''] = TALK.exec(text) ?? [];
    if (kind === undefined) return { type: 'other', text };
    const id = number === '' ? undefined : Number(number);
    const args = JSON.parse(json) as [unknown, unknown?];
    if (kind === ACK) return { type: 'ack', id: id ?? 0, payload: asRecord(args[0]) };
    const event = { name: String(args[0]), payload: asRecord(args[1]) };
    if (kind !== BINARY_EVENT) return { type: 'event', ...event, id };
    this.#waiting = event;
    return undefined;
  }
}

/** The WebSocket messages that say it. */
export function encodeTalk(talk: Talk): readonly (string | Buffer)[] {
  switch (talk.type) {
    case 'other':
      return [talk.text];
    case 'ack':
      return [`43${talk.id}${JSON.stringify([talk.payload])}`];
    case 'event': {
      const { name, payload, id = '', sealed } = talk;
      if (sealed === undefined) return [`42${id}${JSON.stringify([name, payload])}`];
      return [`451-${JSON.stringify([name, { ...payload, sealed: PLACEHOLDER }])}`, sealed];
    }
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
