import type { Command, Snapshot } from '@shoal/shared/host/snapshot.ts';
import type { AgainState, LastingFiles } from '../ui/pageState.ts';
import { filePickers } from './filePickers.ts';
import { GivingAgain } from './givingAgain.ts';
import { HandleKeeper } from './handleKeeper.ts';
import { indexedDbHandles } from './handleStore.ts';

interface Lasting {
  readonly actions: LastingFiles;
  readonly follow: (snapshot: Snapshot) => void;
  readonly again: () => AgainState | undefined;
}

/** Nothing where the browser hands out no handles. */
export function lastingFiles(
  window: Window,
  send: (command: Command) => void,
  changed: () => void,
): Lasting | undefined {
  const pick = filePickers(window);
  if (pick === undefined) return undefined;
  const store = indexedDbHandles();
  const keeper = new HandleKeeper(store);
  const giving = new GivingAgain(store, send, changed);
  return {
    actions: {
      pick,
      chosen: (choice) => keeper.chosen(choice),
      giveAgain: (id) => void giving.give(id),
    },
    follow(snapshot) {
      void keeper.follow(snapshot);
      void giving.follow(snapshot);
    },
    again: () => giving.state,
  };
}
