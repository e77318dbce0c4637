import type { Bencodable } from '../content/bencode.ts';
import type { Fields } from './fields.ts';
import { MAX_SIGNAL } from './limits.ts';
import type { Request } from './message.ts';
import {
  mutableFields,
  providerFields,
  readMutableRecord,
  readProviderRecord,
  readRecord,
} from './recordCodec.ts';

const REQUEST = { find: 0, providers: 1, mutable: 2, publish: 3, put: 4, signal: 5 } as const;

export function requestFields(request: Request): Bencodable {
  const q = REQUEST[request.type];
  switch (request.type) {
    case 'find':
    case 'providers':
    case 'mutable':
      return { q };
    case 'publish':
      return { q, r: providerFields(request.record) };
    case 'put':
      return { q, r: mutableFields(request.record) };
    case 'signal':
      return { q, s: request.sealed };
  }
}

export function readRequest(fields: Fields): Request | undefined {
  switch (fields.number('q', REQUEST.signal)) {
    case REQUEST.find:
      return { type: 'find' };
    case REQUEST.providers:
      return { type: 'providers' };
    case REQUEST.mutable:
      return { type: 'mutable' };
    case REQUEST.publish: {
      const record = readRecord(fields, readProviderRecord);
      return record && { type: 'publish', record };
    }
    case REQUEST.put: {
      const record = readRecord(fields, readMutableRecord);
      return record && { type: 'put', record };
    }
    case REQUEST.signal: {
      const sealed = fields.atMost('s', MAX_SIGNAL);
      return sealed && { type: 'signal', sealed };
    }
    case undefined:
    default:
      return undefined;
  }
}
