import type { Snapshot } from '@shoal/shared/host/snapshot.ts';
import { percentOf } from './formats.ts';
import { texts } from './texts.ts';

/** For the browser's tab: how far the open share is, and its name. */
export function pageTitle({ open }: Snapshot): string {
  if (!open) return texts.name;
  const moving = open.state === 'downloading' || open.state === 'preparing';
  const progress = moving ? texts.format.percent(percentOf(open.done, open.size)) : '';
  return [progress, open.title, texts.name].filter((part) => part !== '').join(' · ');
}
