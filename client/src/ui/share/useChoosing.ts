import { useCallback, useRef } from 'preact/hooks';
import type { FileSnapshot, ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import type { PageActions } from '../pageState.ts';

export interface Choosing {
  readonly choose: (file: number, wanted: boolean) => void;
  /** None when any is wanted, else all. */
  readonly toggleAll: () => void;
}

/** Choosing files one by one. Functions that keep their identity, and count on presses quicker than snapshots. */
export function useChoosing({ id, files }: ShareSnapshot, { send }: PageActions): Choosing {
  const chosen = useRef<{ of: readonly FileSnapshot[]; leftOut: ReadonlySet<number> }>({
    of: [],
    leftOut: new Set(),
  });
  if (chosen.current.of !== files)
    chosen.current = { of: files, leftOut: new Set(files.filter((file) => !file.wanted).map(indexOf)) };
  const leaveOut = useCallback(
    (leftOut: ReadonlySet<number>) => {
      chosen.current.leftOut = leftOut;
      send({ type: 'leave-out', id, files: [...leftOut] });
    },
    [id, send],
  );
  const choose = useCallback(
    (file: number, wanted: boolean) => {
      const leftOut = new Set(chosen.current.leftOut);
      if (wanted) leftOut.delete(file);
      else leftOut.add(file);
      leaveOut(leftOut);
    },
    [leaveOut],
  );
  const toggleAll = () => leaveOut(new Set(files.some(({ wanted }) => wanted) ? files.map(indexOf) : []));
  return { choose, toggleAll };
}

function indexOf({ index }: FileSnapshot): number {
  return index;
}
