import type { Command, ShareId } from '@shoal/shared/host/snapshot.ts';
import type { Language } from './texts/languages.ts';

/** What is drawn and is the page's own, not the engine's. */
export interface PageState {
  /** Saves under way, just done, or failed. */
  readonly saves: readonly SaveState[];
  /** Shares whose end the person wants to be told of. */
  readonly awaited: ReadonlySet<ShareId>;
  readonly permission: NoticePermission;
}

/** Whether the page may tell a person something while they look elsewhere. */
export type NoticePermission = 'unavailable' | 'unasked' | 'granted' | 'denied';

export type SaveState = { readonly key: number; readonly name: string } & (
  | { readonly type: 'saving' | 'saved' | 'incomplete' }
  /** Bytes that can be saved at once. */
  | { readonly type: 'too-large'; readonly limit: number }
);

/** What a person can do. Keeps its identity as long as the page lives. */
export interface PageActions {
  readonly send: (command: Command) => void;
  readonly save: (id: ShareId, what: number | 'all') => void;
  readonly dismissSave: (key: number) => void;
  /** Call from a press of a button: the browser then asks the person. */
  readonly tellWhenDone: (id: ShareId) => void;
  readonly chooseLanguage: (language: Language) => void;
}
