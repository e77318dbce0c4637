import { isInfoHash } from '../base/ids.ts';
import { formatInviteLink } from '../content/inviteLink.ts';
import type { CodeResult, ContactName, OverlaySwitch } from './overlaySwitch.ts';
import type { EntrySnapshot, ShareId } from './snapshot.ts';

const WORKING: EntrySnapshot = {
  state: 'working',
  code: undefined,
  share: undefined,
  link: undefined,
  connected: false,
  problem: undefined,
};

/** What is shown, and the contact whose end is still open. */
interface Shown {
  readonly entry: EntrySnapshot;
  readonly contact?: ContactName;
}

/** The codes that a person makes and brings, and what came of them. */
export class FirstContact {
  readonly #overlay: OverlaySwitch;
  readonly #changed: () => void;
  #shown: Shown | undefined;
  /** What was asked for before does not show any more. */
  #turn = 0;

  constructor(overlay: OverlaySwitch, changed: () => void) {
    this.#overlay = overlay;
    this.#changed = changed;
  }

  get snapshot(): EntrySnapshot | undefined {
    return this.#shown?.entry;
  }

  /**
   * An invitation to this page.
   *
   * @param link the share's, for the invitation to come with.
   */
  async make(share: ShareId | undefined, link: string | undefined): Promise<void> {
    await this.#work(async () => {
      const overlay = await this.#overlay.get();
      if (overlay === undefined) return failed('no-overlay');
      const made = await overlay.entries.invite(isInfoHash(share) ? share : undefined);
      if (made === undefined) return failed('no-room');
      const { code, contact } = made;
      const inviting = link && formatInviteLink(link, code);
      return { entry: { ...WORKING, state: 'made', code, share, link: inviting }, contact };
    });
  }

  /** What somebody brought: an invitation, or the answer to one of ours. */
  async take(code: string): Promise<void> {
    await this.#work(async () => {
      const overlay = await this.#overlay.get();
      return overlay === undefined ? failed('no-overlay') : shownOf(await overlay.entries.take(code));
    });
  }

  /** The overlay has changed: what has become of the contact? */
  follow(): void {
    const { entry, contact } = this.#shown ?? {};
    if (entry === undefined || contact === undefined) return;
    const state = this.#overlay.contactState(contact);
    if (state === 'connected') this.#shown = { entry: { ...entry, connected: true } };
    else if (state === undefined) this.#shown = failed(entry.state === 'made' ? 'expired' : 'unreached');
  }

  /** Nothing of it is shown any more. */
  end(): void {
    this.#turn++;
    this.#shown = undefined;
    this.#changed();
  }

  async #work(work: () => Promise<Shown>): Promise<void> {
    const turn = ++this.#turn;
    this.#shown = { entry: WORKING };
    this.#changed();
    const shown = await work();
    if (turn !== this.#turn) return;
    this.#shown = shown;
    this.follow();
    this.#changed();
  }
}

function shownOf(result: CodeResult): Shown {
  switch (result.type) {
    case 'answer': {
      const { code, share, contact } = result;
      return { entry: { ...WORKING, state: 'answered', code, share }, contact };
    }
    case 'taken':
      return { entry: { ...WORKING, state: 'taken' }, contact: result.contact };
    case 'refused':
      return failed(result.reason);
  }
}

function failed(problem: NonNullable<EntrySnapshot['problem']>): Shown {
  return { entry: { ...WORKING, state: 'failed', problem } };
}
