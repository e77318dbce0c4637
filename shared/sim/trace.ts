import type { PeerId } from '../src/base/ids.ts';
import type { Time } from '../src/base/time.ts';
import type { Message } from '../src/wire/message.ts';

/** What happened in a run, as far as one would draw it. Peers go by their names. */
export type Happening =
  | {
      readonly type: 'joined';
      readonly peer: string;
      /** By which others name it where they speak of an id. */
      readonly id: PeerId;
      /** Bytes a second. */
      readonly up: number;
      readonly down: number;
      /** How many pieces it has. */
      readonly pieces: number;
    }
  | { readonly type: 'left' | 'crashed' | 'asleep' | 'awake' | 'completed'; readonly peer: string }
  | { readonly type: 'connected' | 'disconnected'; readonly peer: string; readonly other: string }
  | { readonly type: 'says'; readonly peer: string; readonly to: string; readonly message: Said }
  | { readonly type: 'had' | 'lost'; readonly peer: string; readonly piece: number }
  | {
      readonly type: 'dropped';
      readonly peer: string;
      readonly id: PeerId;
      readonly reason: string;
      readonly banned: boolean;
    }
  | { readonly type: 'storage-stopped'; readonly peer: string; readonly result: 'full' | 'failed' }
  | { readonly type: 'tracker'; readonly state: 'down' | 'up' }
  | { readonly type: 'network'; readonly state: 'split' | 'healed' };

/** A message without its bulk. */
interface Said {
  readonly type: Message['type'];
  readonly piece?: number;
  readonly begin?: number;
  readonly length?: number;
}

/** Takes what happens, and when, in milliseconds. */
export type Trace = (at: Time, happening: Happening) => void;

/** One line of JSON for each happening, its time in seconds under `at`. */
export function jsonLines(write: (line: string) => void): Trace {
  return (at, happening) => write(`${JSON.stringify({ at: at / 1000, ...happening })}\n`);
}

export function saidOf(message: Message): Said {
  const { type } = message;
  // The others are told by their name alone.
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check
  switch (type) {
    case 'request':
    case 'cancel':
    case 'reject':
      return { type, piece: message.piece, begin: message.begin, length: message.length };
    case 'piece':
      return { type, piece: message.piece, begin: message.begin, length: message.data.length };
    case 'have':
      return { type, piece: message.piece };
    default:
      return { type };
  }
}
