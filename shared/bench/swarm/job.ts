import type { RunRecord } from './record.ts';
import type { Setting } from './setting.ts';
import { type SlottedRecord, type SlottedSetting, SlottedWorld } from './slotted/slottedWorld.ts';
import { SwarmRun } from './swarmRun.ts';

/** One simulated run, as plain data: what a worker is told. */
export type Job =
  | { readonly type: 'swarm'; readonly setting: Setting; readonly seed: number }
  | { readonly type: 'slotted'; readonly setting: SlottedSetting; readonly seed: number };

/** What a worker answers; `failed` when the run broke off, with what the error says. */
export type Outcome =
  | { readonly type: 'failed'; readonly error: string }
  | { readonly type: 'swarm'; readonly record: RunRecord }
  | { readonly type: 'slotted'; readonly record: SlottedRecord };

export function perform(job: Job): Outcome {
  try {
    return run(job);
  } catch (error) {
    return { type: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function run(job: Job): Outcome {
  switch (job.type) {
    case 'swarm':
      return { type: job.type, record: new SwarmRun(job.setting, job.seed).run() };
    case 'slotted':
      return { type: job.type, record: new SlottedWorld(job.setting, job.seed).run() };
  }
}
