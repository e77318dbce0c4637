import { useEffect, useState } from 'preact/hooks';
import type { Command } from '@shoal/shared/host/snapshot.ts';
import { findLink, type PastedLink } from '../linkText.ts';
import type { Dropped } from './droppedFiles.ts';

export type LinkElsewhere = Extract<PastedLink, { type: 'elsewhere' }>;

/**
 * Takes files and links pasted anywhere but into a field. Returns the last pasted link of another site, which the
 * person has to be asked about on the landing page.
 */
export function usePasting(
  origin: string,
  onFiles: (files: Dropped) => void,
  send: (command: Command) => void,
): LinkElsewhere | undefined {
  const [stray, setStray] = useState<LinkElsewhere>();
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const data = event.clipboardData;
      if (data === null || isField(event.target)) return;
      if (data.types.includes('Files')) return onFiles(data);
      const link = findLink(data.getData('text/plain'), origin);
      setStray(link?.type === 'elsewhere' ? link : undefined);
      if (link)
        send(link.type === 'here' ? { type: 'open-link', fragment: link.fragment } : { type: 'close-view' });
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, [origin, onFiles, send]);
  return stray;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && !target.readOnly;
}
