import type { SaveProgress } from '../serviceWorker/saveMessage.ts';

export interface SavedFile {
  readonly name: string;
  /** Bytes, where they are known beforehand. */
  readonly size: number | undefined;
}

/** Gives files to the person, through the browser's own download. */
export interface Saver {
  /** The most bytes one file may have; infinite where a service worker streams. The page says so when it is not. */
  readonly limit: number;
  /**
   * Begins a save. The engine gets the returned port, transferred, and what to save, and calls `saveStream`.
   * @param report is called until it hears `saved` or `failed`.
   */
  save(file: SavedFile, report: (progress: SaveProgress) => void): MessagePort;
}
