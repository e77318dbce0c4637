import type { Message } from '../../src/wire/message.ts';
import type { RivalKind } from './rival.ts';

/** More than a peer of ours queues, and refuses in patience. */
const FLOOD = 3000;

/** As soon as it is unchoked, makes each request thousands of times over. */
export const requestFlooder: RivalKind = () => ({
  honest: false,
  says: (message) => (message.type === 'request' ? new Array<Message>(FLOOD).fill(message) : [message]),
});
