import { useCallback, useState } from 'preact/hooks';
import type { ChosenFile } from '@shoal/shared/host/snapshot.ts';
import { type Dropped, droppedFiles, type FilesResult, listedFiles } from './droppedFiles.ts';

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
}

const IDLE: IntakeState = { type: 'idle' };

export function useIntake(take: (files: readonly ChosenFile[]) => void): Intake {
  const [state, setState] = useState<IntakeState>(IDLE);
  const finish = useCallback(
    (result: FilesResult) => {
      setState(result.type === 'files' ? IDLE : result);
      if (result.type === 'files') take(result.files);
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
  return { state, drop, list };
}
