import type { Message } from '../../src/wire/message.ts';
import { nobody } from './nobody.ts';
import type { RivalKind } from './rival.ts';

const HIDDEN: ReadonlySet<Message['type']> = new Set(['have', 'notInterested']);

/** A free-rider that says for ever that it has nothing and wants everything, as the neediest newcomer would. */
export const hidingFreeRider: RivalKind = () => ({
  honest: false,
  policies: { choke: nobody },
  says: (message) => {
    if (message.type === 'bitfield' || message.type === 'haveAll') return [{ type: 'haveNone' }];
    return HIDDEN.has(message.type) ? [] : [message];
  },
});
