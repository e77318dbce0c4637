import type { Message } from '../../src/wire/message.ts';
import type { RivalKind } from './rival.ts';

/** As soon as it is unchoked, makes each request so many times over. */
export function requestFlooder(times: number): RivalKind {
  return () => ({
    honest: false,
    says: (message) => (message.type === 'request' ? new Array<Message>(times).fill(message) : [message]),
  });
}
