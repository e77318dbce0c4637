import type { Brand } from '@shoal/shared/base/brand.ts';

/**
 * The URL of a script of our own. Where the browser knows Trusted Types it is in truth a TrustedScriptURL, which
 * `new Worker` and `serviceWorker.register` take where they take a string.
 */
export type TrustedScript = Brand<string, 'TrustedScript'>;

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): TrustedScript };
}

declare global {
  var trustedTypes: TrustedTypes | undefined;
}

/**
 * The one Trusted Types policy of a page or a worker, `shoal`: call it once. What it returns trusts the scripts named
 * here, and throws a TypeError for any other.
 * @param known URLs relative to `base`, or absolute.
 */
export function trustScripts(known: readonly string[], base: string): (url: string) => TrustedScript {
  const allowed = new Set(known.map((url) => new URL(url, base).href));
  const createScriptURL = (url: string): string => {
    const { href } = new URL(url, base);
    if (!allowed.has(href)) throw new TypeError(`script: expected one of our own, received ${href}`);
    return href;
  };
  const policy = globalThis.trustedTypes?.createPolicy('shoal', { createScriptURL });
  return (url) => policy?.createScriptURL(url) ?? (createScriptURL(url) as TrustedScript);
}
