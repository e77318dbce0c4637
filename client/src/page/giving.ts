import type { ShareId, ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import { transfer } from 'comlink';
import type { Saveable, SaveChoice } from '../engine/saving.ts';
import { answered } from './patience.ts';
import type { Saver } from './saver.ts';
import type { Saves } from './saves.ts';

/** The engine's part in a save. */
export interface Giver {
  saveable(id: ShareId, what: SaveChoice): Promise<Saveable | undefined>;
  save(id: ShareId, what: SaveChoice, port: MessagePort): Promise<void>;
}

/** Begins to save one file of a share, or all as a zip. Whatever stands in the way of that is told among the saves. */
export async function give(
  engine: Giver,
  saver: Promise<Saver>,
  saves: Saves,
  share: ShareSnapshot,
  what: SaveChoice,
): Promise<void> {
  const { id } = share;
  const report = saves.begin(nameOf(share, what));
  try {
    const [saveable, way] = await Promise.all([
      answered(engine.saveable(id, what), 'engine'),
      answered(saver, 'service worker'),
    ]);
    if (saveable === undefined) throw new Error(`share: expected ${id} with file ${what}, found none`);
    const port = way.save(saveable, report);
    await answered(engine.save(id, what, transfer(port, [port])), 'engine');
  } catch (error) {
    report({ type: 'failed', failure: { code: 'not-begun', reason: String(error) } });
  }
}

/** As a person knows it. */
function nameOf({ title, files }: ShareSnapshot, what: SaveChoice): string {
  return what === 'all' ? `${title}.zip` : (files[what]?.path.at(-1) ?? title);
}
