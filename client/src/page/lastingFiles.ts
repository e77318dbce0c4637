import type { Command, Snapshot } from '@shoal/shared/host/snapshot.ts';
import type { AgainState, LastingFiles } from '../ui/pageState.ts';
import { filePickers } from './filePickers.ts';
import type { KeptFiles } from './keptFiles.ts';
import { lazily } from './lazily.ts';

interface Lasting {
  readonly actions: LastingFiles;
  readonly follow: (snapshot: Snapshot) => void;
  readonly again: () => AgainState | undefined;
}

/** Nothing where the browser hands out no handles. What keeps them is loaded for who shares something. */
export function lastingFiles(
  window: Window,
  send: (command: Command) => void,
  changed: () => void,
): Lasting | undefined {
  const pick = filePickers(window);
  if (pick === undefined) return undefined;
  let latest: Snapshot | undefined;
  let kept: KeptFiles | undefined;
  const load = lazily(async () => (kept = new (await import('./keptFiles.ts')).KeptFiles(send, changed)));
  // What cannot be loaded is as if nothing had been kept.
  const told = (tell: (files: KeptFiles) => void) => void load().then(tell, () => undefined);
  return {
    actions: {
      pick,
      chosen(choice) {
        const before = latest;
        told((files) => {
          if (before !== undefined) files.follow(before);
          files.chosen(choice);
        });
      },
      giveAgain: (id) => kept?.giveAgain(id),
    },
    follow(snapshot) {
      latest = snapshot;
      if (kept !== undefined || isSharing(snapshot)) told((files) => files.follow(snapshot));
    },
    again: () => kept?.again,
  };
}

function isSharing({ shares, open }: Snapshot): boolean {
  return open?.role === 'sharer' || shares.some(({ role }) => role === 'sharer');
}
