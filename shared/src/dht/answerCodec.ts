import type { Crypto } from '../base/crypto.ts';
import type { Bencodable } from '../content/bencode.ts';
import { contactBytes, readContacts } from './contactCodec.ts';
import type { Fields } from './fields.ts';
import { MAX_CONTACTS, MAX_PROVIDERS } from './limits.ts';
import type { Answer } from './message.ts';
import {
  mutableFields,
  providerFields,
  readMutableRecord,
  readProviderRecord,
  readRecord,
} from './recordCodec.ts';

const ANSWER = { contacts: 0, providers: 1, mutable: 2, stored: 3, delivered: 4, none: 5, busy: 6 } as const;

export function answerFields(answer: Answer): Bencodable {
  const q = ANSWER[answer.type];
  switch (answer.type) {
    case 'contacts':
      return { q, c: contactBytes(answer.contacts) };
    case 'providers':
      return { q, r: answer.records.map(providerFields) };
    case 'mutable':
      return { q, r: mutableFields(answer.record) };
    case 'stored':
    case 'delivered':
    case 'none':
    case 'busy':
      return { q };
  }
}

export function readAnswer(crypto: Crypto, fields: Fields): Answer | undefined {
  switch (fields.number('q', ANSWER.busy)) {
    case ANSWER.contacts: {
      const contacts = readContacts(crypto, fields, 'c', MAX_CONTACTS);
      return contacts && { type: 'contacts', contacts };
    }
    case ANSWER.providers: {
      const records = fields.list('r', MAX_PROVIDERS, readProviderRecord);
      return records && { type: 'providers', records };
    }
    case ANSWER.mutable: {
      const record = readRecord(fields, readMutableRecord);
      return record && { type: 'mutable', record };
    }
    case ANSWER.stored:
      return { type: 'stored' };
    case ANSWER.delivered:
      return { type: 'delivered' };
    case ANSWER.none:
      return { type: 'none' };
    case ANSWER.busy:
      return { type: 'busy' };
    case undefined:
    default:
      return undefined;
  }
}
