import type { ChosenFile, Command, ShareId } from '@shoal/shared/host/snapshot.ts';
import type { Language } from './texts/languages.ts';

/** What is drawn and is the page's own, not the engine's. */
export interface PageState {
  /** A link is being opened, and the engine has not told of it yet. */
  readonly opening?: boolean;
  /** One is kept, and is used when the page is next opened. */
  readonly newVersion?: boolean;
  /** Saves under way, just done, or failed. */
  readonly saves: readonly SaveState[];
  /** Shares whose end the person wants to be told of. */
  readonly awaited: ReadonlySet<ShareId>;
  readonly permission: NoticePermission;
  /** When the share whose view is open wants files that this browser may still find by itself. */
  readonly again?: AgainState | undefined;
}

/** Reading refused: the person said no. Gone: moved, deleted, or unreadable. */
export type AgainState = 'offered' | 'reading' | 'refused' | 'gone';

/** Whether the page may tell a person something while they look elsewhere. */
export type NoticePermission = 'unavailable' | 'unasked' | 'granted' | 'denied';

export type SaveState = { readonly key: number; readonly name: string } & (
  | { readonly type: 'saving' | 'saved' | 'incomplete' }
  /** Bytes that can be saved at once. */
  | { readonly type: 'too-large'; readonly limit: number }
  | { readonly type: 'not-begun'; readonly reason: string }
);

/** What a person can do. Keeps its identity as long as the page lives. */
export interface PageActions {
  readonly send: (command: Command) => void;
  readonly save: (id: ShareId, what: number | 'all') => void;
  readonly dismissSave: (key: number) => void;
  readonly useNewVersion: () => void;
  /** Call from a press of a button: the browser then asks the person. */
  readonly tellWhenDone: (id: ShareId) => void;
  readonly chooseLanguage: (language: Language) => void;
  readonly lasting?: LastingFiles | undefined;
}

/** Where the browser hands out files that can be read again after a reload. */
export interface LastingFiles {
  readonly pick: PickFiles;
  /** Told of every choice just before its files are sent. */
  readonly chosen: (choice: Choice) => void;
  /** Call from a press: the browser may ask the person. */
  readonly giveAgain: (id: ShareId) => void;
}

/** Opens the browser's own picker. Call from a press. */
export type PickFiles = (what: 'files' | 'folder') => Promise<Picked>;

export type Picked =
  | { readonly type: 'picked'; readonly roots: readonly FileSystemHandle[] }
  /** The person closed it again. */
  | { readonly type: 'nothing' }
  | { readonly type: 'unavailable' };

export interface Choice {
  /** The share that wanted them; nothing when they become a new one. */
  readonly id: ShareId | undefined;
  readonly files: readonly ChosenFile[];
  /** Empty where they cannot be read again. */
  readonly roots: readonly FileSystemHandle[];
}
