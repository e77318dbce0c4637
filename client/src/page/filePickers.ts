import type { Picked, PickFiles } from '../ui/pageState.ts';

/** Of the File System Access API, which TypeScript does not know and not every browser has. */
export interface Pickers {
  showOpenFilePicker(options: { multiple: boolean }): Promise<FileSystemHandle[]>;
  showDirectoryPicker(options: { mode: 'read' }): Promise<FileSystemHandle>;
}

/** Nothing where the browser has no pickers of its own. */
export function filePickers(window: object): PickFiles | undefined {
  if (!hasPickers(window)) return undefined;
  return async (what) => {
    try {
      return { type: 'picked', roots: await pick(window, what) };
    } catch (error) {
      return whyNot(error);
    }
  };
}

async function pick(window: Pickers, what: 'files' | 'folder'): Promise<readonly FileSystemHandle[]> {
  if (what === 'files') return window.showOpenFilePicker({ multiple: true });
  return [await window.showDirectoryPicker({ mode: 'read' })];
}

function whyNot(error: unknown): Picked {
  const closed = error instanceof DOMException && error.name === 'AbortError';
  return { type: closed ? 'nothing' : 'unavailable' };
}

function hasPickers(window: object): window is Pickers {
  return 'showOpenFilePicker' in window && 'showDirectoryPicker' in window;
}
