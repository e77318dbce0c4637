/** On every answer: never a document, never a script, never kept. */
const STRICT = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  // A page under COEP shows no frame without these two. COOP stays out: with a sandbox it forbids the answer.
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

export function attachmentHeaders(name: string, size: number | undefined): Record<string, string> {
  return {
    ...STRICT,
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': contentDisposition(name),
    ...(size === undefined ? {} : { 'Content-Length': String(size) }),
  };
}

export function refusalHeaders(): Record<string, string> {
  return { ...STRICT, 'Content-Type': 'text/plain; charset=utf-8' };
}

/** RFC 6266, with the name twice: for the few that know no RFC 8187, and whole. */
function contentDisposition(name: string): string {
  const plain = name.replace(/[^ -~]|["\\%]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${extendedValue(name)}`;
}

/** RFC 8187 (once 5987), section 3.2: stricter than a URL. */
function extendedValue(name: string): string {
  return encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
