import type { ShareId, ShareSummary, Snapshot } from '@shoal/shared/host/snapshot.ts';
import type { NoticePermission } from '../ui/pageState.ts';
import { texts } from '../ui/texts.ts';

export interface Notice {
  readonly title: string;
  readonly body: string;
}

/** The browser's notifications, as far as they are used. */
export interface Notices {
  permission(): NoticePermission;
  /** Asks the person. Call from a press of a button. */
  ask(): Promise<void>;
  show(notice: Notice): void;
}

/** Tells that a download is done, to whoever has asked to be told. */
export class Notifier {
  readonly #notices: Notices;
  readonly #changed: () => void;
  #awaited: ReadonlySet<ShareId> = new Set();

  constructor(notices: Notices, changed: () => void) {
    this.#notices = notices;
    this.#changed = changed;
  }

  get awaited(): ReadonlySet<ShareId> {
    return this.#awaited;
  }

  get permission(): NoticePermission {
    return this.#notices.permission();
  }

  async await(id: ShareId): Promise<void> {
    await this.#notices.ask();
    if (this.permission === 'granted') this.#awaited = new Set([...this.#awaited, id]);
    this.#changed();
  }

  follow({ shares }: Snapshot): void {
    for (const share of shares)
      if (this.#awaited.has(share.id) && share.state === 'complete') this.#tell(share);
  }

  #tell({ id, title }: ShareSummary): void {
    this.#awaited = new Set([...this.#awaited].filter((awaited) => awaited !== id));
    this.#notices.show({ title: texts.notice.title(title), body: texts.notice.body });
  }
}
