import { isInfoHash } from '../base/ids.ts';
import type { CodeResult, OverlaySwitch } from './overlaySwitch.ts';
import type { EntrySnapshot, ShareId } from './snapshot.ts';

const WORKING: EntrySnapshot = {
  state: 'working',
  code: undefined,
  share: undefined,
  connected: false,
  problem: undefined,
};

/** The codes that a person makes and brings, and what came of them. */
export class FirstContact {
  readonly #overlay: OverlaySwitch;
  readonly #changed: () => void;
  #entry: EntrySnapshot | undefined;
  /** What was asked for before does not show any more. */
  #turn = 0;

  constructor(overlay: OverlaySwitch, changed: () => void) {
    this.#overlay = overlay;
    this.#changed = changed;
  }

  get snapshot(): EntrySnapshot | undefined {
    return this.#entry && { ...this.#entry, connected: this.#overlay.status?.entry === 'connected' };
  }

  /** An invitation to this page. */
  async make(share: ShareId | undefined): Promise<void> {
    await this.#work(async () => {
      const overlay = await this.#overlay.get();
      if (overlay === undefined) return failed('no-overlay');
      const code = await overlay.entries.invite(isInfoHash(share) ? share : undefined);
      return code === undefined ? failed('no-room') : { ...WORKING, state: 'made', code };
    });
  }

  /** What somebody brought: an invitation, or the answer to one of ours. */
  async take(code: string): Promise<void> {
    await this.#work(async () => {
      const overlay = await this.#overlay.get();
      return overlay === undefined ? failed('no-overlay') : entryOf(await overlay.entries.take(code));
    });
  }

  /** Nothing of it is shown any more. */
  end(): void {
    this.#turn++;
    this.#entry = undefined;
    this.#changed();
  }

  async #work(work: () => Promise<EntrySnapshot>): Promise<void> {
    const turn = ++this.#turn;
    this.#entry = WORKING;
    this.#changed();
    const entry = await work();
    if (turn !== this.#turn) return;
    this.#entry = entry;
    this.#changed();
  }
}

function entryOf(result: CodeResult): EntrySnapshot {
  switch (result.type) {
    case 'answer':
      return { ...WORKING, state: 'answered', code: result.code, share: result.share };
    case 'taken':
      return { ...WORKING, state: 'taken' };
    case 'refused':
      return failed(result.reason);
  }
}

function failed(problem: NonNullable<EntrySnapshot['problem']>): EntrySnapshot {
  return { ...WORKING, state: 'failed', problem };
}
