import { describe, expect, it } from 'vitest';
import { filePickers, type Pickers } from './filePickers.ts';

const named = (name: string) => ({ kind: 'file', name }) as FileSystemHandle;
const handle = named('a');

function failing(error: Error): Pickers {
  const fail = () => Promise.reject(error);
  return { showOpenFilePicker: fail, showDirectoryPicker: fail };
}

describe('filePickers', () => {
  it('is nothing without pickers', () => {
    expect(filePickers({})).toBeUndefined();
  });

  it('picks several files, or one folder', async () => {
    const pick = filePickers({
      showOpenFilePicker: ({ multiple }) => Promise.resolve(multiple ? [handle, handle] : []),
      showDirectoryPicker: ({ mode }) => Promise.resolve(named(mode)),
    } satisfies Pickers);
    expect(await pick?.('files')).toEqual({ type: 'picked', roots: [handle, handle] });
    expect(await pick?.('folder')).toEqual({ type: 'picked', roots: [named('read')] });
  });

  it.each([
    ['AbortError', 'nothing'],
    ['SecurityError', 'unavailable'],
  ])('after %s: %s', async (name, type) => {
    const pick = filePickers(failing(new DOMException('no', name)));
    expect(await pick?.('files')).toEqual({ type });
    expect(await pick?.('folder')).toEqual({ type });
  });
});
