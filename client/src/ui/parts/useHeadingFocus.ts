import { useEffect, useRef } from 'preact/hooks';
import type { ShareSnapshot } from '@shoal/shared/host/snapshot.ts';

const LANDING = 'landing';

/** Moves the focus to the heading when another view opens, so that it is read out and Tab goes on from there. */
export function useHeadingFocus(open: ShareSnapshot | undefined): void {
  const view = open?.id ?? LANDING;
  const last = useRef({ view, settled: false });
  useEffect(() => {
    const { view: before, settled } = last.current;
    last.current = { view, settled: view !== '' && open?.state !== 'preparing' };
    if (settled && before !== view) document.querySelector<HTMLElement>('main h1')?.focus();
  });
}
