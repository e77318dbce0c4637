import type { SaveAlive, SaveOffer, SaveSupply } from './saveMessage.ts';
import type { Renew, TakeOver } from './renewalMessage.ts';
import type { SharedQuestion } from './sharedMessage.ts';

type Message = SaveOffer | SaveAlive | SharedQuestion | Renew | TakeOver;

/** 128 bits as base64url. */
const TOKEN = /^[\w-]{22}$/;

/** From a page, or from another service worker of this origin. */
export function parseMessage(data: unknown): Message | undefined {
  if (!isRecord(data)) return undefined;
  const { type, token, name, size } = data;
  if (type === 'shared' || type === 'renew' || type === 'take-over') return { type };
  if (!isToken(token)) return undefined;
  if (type === 'alive') return { type, token };
  if (type !== 'offer' || typeof name !== 'string') return undefined;
  return size === undefined || isCount(size) ? { type, token, name, size } : undefined;
}

export function parseSupply(data: unknown): SaveSupply | undefined {
  if (!isRecord(data)) return undefined;
  const { type, bytes, total, reason } = data;
  if (type === 'chunk' && bytes instanceof ArrayBuffer) return { type, bytes };
  if (type === 'end' && isCount(total)) return { type, total };
  return type === 'error' && typeof reason === 'string' ? { type, reason } : undefined;
}

/** The token in `<scope>save/<token>/…`, or nothing for any other URL. */
export function parseSaveUrl(url: string, scope: string): string | undefined {
  const prefix = `${scope}save/`;
  if (!url.startsWith(prefix)) return undefined;
  const [token, ...rest] = url.slice(prefix.length).split('/');
  return rest.length > 0 && isToken(token) ? token : undefined;
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null;
}

function isToken(value: unknown): value is string {
  return typeof value === 'string' && TOKEN.test(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
