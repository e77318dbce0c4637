import type { Bytes } from '../../src/base/bytes.ts';
import { everybody } from './everybody.ts';
import type { RivalKind } from './rival.ts';

/** Gives whoever asks other bytes than the true ones: all of them, or now and then a block among true ones. */
export function poisoner(kind: 'always' | 'sometimes'): RivalKind {
  return ({ random }) => ({
    honest: false,
    policies: { choke: everybody },
    says: (message) => {
      const spoils = message.type === 'piece' && (kind === 'always' || random.next() < OFTEN);
      return [spoils ? { ...message, data: spoilt(message.data) } : message];
    },
  });
}

const OFTEN = 0.2;

function spoilt(truth: Bytes): Bytes {
  return truth.map((byte) => byte ^ 0xff);
}
