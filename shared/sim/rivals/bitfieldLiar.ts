import { everybody } from './everybody.ts';
import type { RivalKind } from './rival.ts';

/** Has nothing, claims everything, unchokes everybody, and then rejects what it is asked for, or says nothing at all. */
export function bitfieldLiar(kind: 'rejects' | 'silent'): RivalKind {
  return () => ({
    honest: false,
    downloads: false,
    policies: { choke: everybody },
    says: (message) => {
      if (message.type === 'haveNone') return [{ type: 'haveAll' }];
      return kind === 'silent' && message.type === 'reject' ? [] : [message];
    },
  });
}
