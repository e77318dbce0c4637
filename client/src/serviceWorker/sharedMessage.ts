/** What page and service worker say about things shared into the installed app. Types only, as in saveMessage.ts. */

/** Page to service worker, with one port for the answer. */
export interface SharedQuestion {
  readonly type: 'shared';
}

/** The answer: what another app shared, which is thereby given away. */
export interface SharedThings {
  readonly files: readonly File[];
  /** Whatever text came along: often a link. */
  readonly text: string;
}
