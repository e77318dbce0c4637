import { afterEach, describe, expect, it, vi } from 'vitest';
import { trustScripts } from './trustedTypes.ts';

const BASE = 'https://shoal.example/sub/';
const KNOWN = ['serviceWorker.js', '/assets/engine-1a2b.js'];

afterEach(() => {
  vi.unstubAllGlobals();
});

describe.each(['with', 'without'])('trustScripts %s Trusted Types', (support) => {
  it('trusts the scripts it was told of, however they are written', () => {
    const { trust } = begin(support);
    expect(trust('./serviceWorker.js')).toBe(`${BASE}serviceWorker.js`);
    expect(trust('https://shoal.example/assets/engine-1a2b.js')).toBe(
      'https://shoal.example/assets/engine-1a2b.js',
    );
  });

  it.each([
    '/serviceWorker.js',
    'serviceWorker.js?a',
    'https://other.example/sub/serviceWorker.js',
    'data:text/javascript,0',
    '',
  ])('throws for %s', (url) => {
    expect(() => begin(support).trust(url)).toThrow(TypeError);
  });

  it('makes one policy, named shoal', () => {
    expect(begin(support).names).toEqual(support === 'with' ? ['shoal'] : []);
  });
});

function begin(support: string) {
  const names: string[] = [];
  vi.stubGlobal('trustedTypes', {
    createPolicy(name: string, rules: { createScriptURL(url: string): string }) {
      names.push(name);
      return rules;
    },
  });
  if (support === 'without') vi.stubGlobal('trustedTypes', undefined);
  return { trust: trustScripts(KNOWN, BASE), names };
}
