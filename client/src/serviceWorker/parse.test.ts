import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMessage, parseSaveUrl, parseSupply } from './parse.ts';

const TOKEN = 'abcdefghijklmnopqrst-_';
const SCOPE = 'https://shoal.example/sub/';

describe('parseMessage', () => {
  it('takes offers and signs of life', () => {
    const offer = { type: 'offer', token: TOKEN, name: 'a', size: 1 };
    expect(parseMessage(offer)).toEqual(offer);
    expect(parseMessage({ ...offer, size: undefined })).toEqual({ ...offer, size: undefined });
    expect(parseMessage({ type: 'alive', token: TOKEN })).toEqual({ type: 'alive', token: TOKEN });
  });

  it.each([
    { type: 'offer', token: 'short', name: 'a', size: 1 },
    { type: 'offer', token: TOKEN, name: 1, size: 1 },
    { type: 'offer', token: TOKEN, name: 'a', size: -1 },
    { type: 'offer', token: TOKEN, name: 'a', size: 1.5 },
    { type: 'other', token: TOKEN },
  ])('refuses %o', (data) => {
    expect(parseMessage(data)).toBeUndefined();
  });

  it.each(['shared', 'renew', 'take-over'])('takes %s, and nothing that comes with it', (type) => {
    expect(parseMessage({ type, token: TOKEN, size: -1 })).toEqual({ type });
  });

  it('throws at nothing', () => {
    fc.assert(
      fc.property(fc.anything(), (data) => {
        expect(parseMessage(data)).toBeUndefined();
      }),
    );
  });
});

describe('parseSupply', () => {
  it.each([
    { type: 'chunk', bytes: new ArrayBuffer(3) },
    { type: 'end', total: 0 },
    { type: 'error', reason: 'why' },
  ])('takes %o', (supply) => {
    expect(parseSupply(supply)).toEqual(supply);
  });

  it.each([
    { type: 'chunk', bytes: new Uint8Array(3) },
    { type: 'end' },
    { type: 'end', total: 2 ** 53 },
    { type: 'error' },
    null,
    'end',
  ])('refuses %o', (data) => {
    expect(parseSupply(data)).toBeUndefined();
  });
});

describe('parseSaveUrl', () => {
  it('finds the token below its own scope only', () => {
    expect(parseSaveUrl(`${SCOPE}save/${TOKEN}/file`, SCOPE)).toBe(TOKEN);
    expect(parseSaveUrl(`${SCOPE}save/${TOKEN}/a/b?c`, SCOPE)).toBe(TOKEN);
  });

  it.each([
    SCOPE,
    `${SCOPE}save/`,
    `${SCOPE}save/${TOKEN}`,
    `${SCOPE}save/${TOKEN}x/file`,
    `${SCOPE}saved/${TOKEN}/file`,
    `https://shoal.example/save/${TOKEN}/file`,
    `https://other.example/sub/save/${TOKEN}/file`,
  ])('leaves %s to the network', (url) => {
    expect(parseSaveUrl(url, SCOPE)).toBeUndefined();
  });
});
