import { describe, expect, it } from 'vitest';
import { isShareTarget, landingOf, SharedShelf } from './shareTarget.ts';

const SCOPE = 'https://shoal.example/';

describe('isShareTarget', () => {
  it('is what the manifest says, and nothing else', () => {
    expect(isShareTarget({ method: 'POST', url: `${SCOPE}share-target` }, SCOPE)).toBe(true);
    expect(isShareTarget({ method: 'GET', url: `${SCOPE}share-target` }, SCOPE)).toBe(false);
    expect(isShareTarget({ method: 'POST', url: `${SCOPE}share-target/x` }, SCOPE)).toBe(false);
    expect(isShareTarget({ method: 'POST', url: landingOf(SCOPE) }, SCOPE)).toBe(false);
  });
});

describe('SharedShelf', () => {
  const form = new FormData();
  form.append('files', new File(['a'], 'a.txt'));
  form.append('files', new File(['b'], 'b.txt'));
  form.append('files', 'not a file');
  form.append('text', 'see https://shoal.example/#key');
  form.append('title', 'A page');

  it('gives what was put there, once', () => {
    const shelf = new SharedShelf();
    shelf.put(form);
    const { files, text } = shelf.take();
    expect(files.map(({ name }) => name)).toEqual(['a.txt', 'b.txt']);
    expect(text).toBe('A page\nsee https://shoal.example/#key');
    expect(shelf.take()).toEqual({ files: [], text: '' });
  });
});
