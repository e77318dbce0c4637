import { useEffect, useState } from 'preact/hooks';
import type { Dropped } from './droppedFiles.ts';

/** Takes files dropped anywhere on the page. Returns whether some are being held over it. */
export function useDragging(onDrop: (dropped: Dropped) => void): boolean {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const ended = new AbortController();
    const on = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', handle: (event: DragEvent) => void) =>
      window.addEventListener(type, (event) => carriesFiles(event) && handle(event), {
        signal: ended.signal,
      });

    on('dragenter', () => setDragging(true));
    on('dragover', (event) => event.preventDefault());
    on('dragleave', (event) => event.relatedTarget === null && setDragging(false));
    on('drop', (event) => {
      event.preventDefault();
      setDragging(false);
      if (event.dataTransfer) onDrop(event.dataTransfer);
    });
    return () => ended.abort();
  }, [onDrop]);
  return dragging;
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
