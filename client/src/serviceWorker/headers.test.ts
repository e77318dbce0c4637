import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attachmentHeaders, refusalHeaders } from './headers.ts';

describe('attachmentHeaders', () => {
  it('say the name twice, and the size when it is known', () => {
    const headers = attachmentHeaders("Fünf (5) 'Äpfel'.txt", 12);
    expect(headers['Content-Disposition']).toBe(
      `attachment; filename="F_nf (5) '_pfel'.txt"; filename*=UTF-8''F%C3%BCnf%20%285%29%20%27%C3%84pfel%27.txt`,
    );
    expect(headers['Content-Length']).toBe('12');
    expect(attachmentHeaders('a', undefined)).not.toHaveProperty('Content-Length');
  });

  it('are valid and give the name back, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const value = new Headers(attachmentHeaders(name, 1)).get('Content-Disposition') ?? '';
        const parts = /^attachment; filename="[^"\\%]*"; filename\*=UTF-8''([\w.!~%-]*)$/.exec(value);
        expect(decodeURIComponent(parts?.[1] ?? '%')).toBe(Buffer.from(name).toString());
      }),
    );
  });

  it('leave no answer to be taken for a document', () => {
    for (const headers of [attachmentHeaders('a.html', 1), refusalHeaders()]) {
      expect(headers).toMatchObject({
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Cross-Origin-Embedder-Policy': 'require-corp',
        'Cross-Origin-Resource-Policy': 'same-origin',
      });
    }
    expect(attachmentHeaders('a.html', 1)).toMatchObject({ 'Content-Type': 'application/octet-stream' });
  });
});
