import { useCallback, useState } from 'preact/hooks';
import type { ChosenFile } from '@shoal/shared/host/snapshot.ts';
import type { PickFiles } from '../pageState.ts';
import { type Dropped, droppedFiles, type FilesResult, listedFiles } from './droppedFiles.ts';
import { handleFiles } from './handleFiles.ts';

export type IntakeState =
  | { readonly type: 'idle' }
  /** Folders are being looked through. */
  | { readonly type: 'reading' }
  | { readonly type: 'empty' }
  | { readonly type: 'unreadable'; readonly name: string };

/** One way in for files, however a person hands them over. */
export interface Intake {
  readonly state: IntakeState;
  readonly drop: (dropped: Dropped) => void;
  readonly list: (files: ArrayLike<File>) => void;
  /**
   * Opens the browser's picker of files that can be read again after a reload, where there is one. Call from a press;
   * `otherwise` opens what every browser has.
   */
  readonly pick: ((what: 'files' | 'folder', otherwise: () => void) => void) | undefined;
}

const IDLE: IntakeState = { type: 'idle' };

type Take = (files: readonly ChosenFile[], roots: readonly FileSystemHandle[]) => void;

export function useIntake(take: Take, picker: PickFiles | undefined): Intake {
  const [state, setState] = useState<IntakeState>(IDLE);
  const finish = useCallback(
    (result: FilesResult) => {
      setState(result.type === 'files' ? IDLE : result);
      if (result.type === 'files') take(result.files, result.roots);
    },
    [take],
  );
  const drop = useCallback(
    (dropped: Dropped) => {
      setState({ type: 'reading' });
      void droppedFiles(dropped).then(finish);
    },
    [finish],
  );
  const list = useCallback((files: ArrayLike<File>) => finish(listedFiles(files)), [finish]);
  const pick = useCallback(
    async (open: PickFiles, what: 'files' | 'folder', otherwise: () => void) => {
      const picked = await open(what);
      if (picked.type === 'unavailable') otherwise();
      if (picked.type !== 'picked') return;
      setState({ type: 'reading' });
      finish(await handleFiles(picked.roots));
    },
    [finish],
  );
  return { state, drop, list, pick: picker && ((what, otherwise) => void pick(picker, what, otherwise)) };
}
