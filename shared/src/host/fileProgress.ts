import type { PieceIndex, PieceLayout } from '../content/layout.ts';
import { type Manifest, manifestOffsets } from '../content/manifest.ts';
import type { FileSnapshot } from './snapshot.ts';

/** How much of each file is here, kept as pieces come. A file's snapshot changes only when the file does. */
export class FileProgress {
  readonly #layout: PieceLayout;
  readonly #offsets: readonly number[];
  readonly #rows: FileSnapshot[];
  #shown: readonly FileSnapshot[] | undefined;

  constructor(manifest: Manifest, layout: PieceLayout) {
    this.#layout = layout;
    this.#offsets = manifestOffsets(manifest);
    this.#rows = manifest.files.map(({ path, size }, index) => ({
      index,
      path,
      size,
      have: 0,
      wanted: true,
    }));
  }

  /** The same array until something changes. */
  get files(): readonly FileSnapshot[] {
    this.#shown ??= [...this.#rows];
    return this.#shown;
  }

  offsetOf(file: number): number {
    return this.#offsets[file] ?? 0;
  }

  had(piece: PieceIndex): void {
    this.#change(piece, 1);
  }

  lost(piece: PieceIndex): void {
    this.#change(piece, -1);
  }

  hadAll(): void {
    this.#shown = undefined;
    for (const [index, row] of this.#rows.entries()) this.#rows[index] = { ...row, have: row.size };
  }

  /** Bytes of the files that are wanted. */
  get size(): number {
    return this.#sum(({ size }) => size);
  }

  /** Bytes of them that are here. */
  get done(): number {
    return this.#sum(({ have }) => have);
  }

  /** These files are not wanted; all others are. Returns the pieces that no wanted file has bytes in. */
  leaveOut(files: ReadonlySet<number>): ReadonlySet<PieceIndex> {
    this.#shown = undefined;
    for (const [index, row] of this.#rows.entries()) {
      const wanted = !files.has(index);
      if (row.wanted !== wanted) this.#rows[index] = { ...row, wanted };
    }
    const pieces = [...this.#layout.indices()];
    return new Set(
      files.size === 0 ? [] : pieces.filter((piece) => this.filesOf(piece).every((row) => !row.wanted)),
    );
  }

  /** Those that have bytes in the piece. */
  filesOf(piece: PieceIndex): FileSnapshot[] {
    return [...this.#overlaps(piece)].map(({ row }) => row);
  }

  #sum(bytes: (row: FileSnapshot) => number): number {
    return this.#rows.reduce((sum, row) => sum + (row.wanted ? bytes(row) : 0), 0);
  }

  #change(piece: PieceIndex, sign: 1 | -1): void {
    this.#shown = undefined;
    for (const { row, bytes } of this.#overlaps(piece))
      this.#rows[row.index] = { ...row, have: row.have + sign * bytes };
  }

  *#overlaps(piece: PieceIndex): Generator<{ readonly row: FileSnapshot; readonly bytes: number }> {
    const start = this.#layout.offsetOf(piece);
    const end = start + this.#layout.sizeOf(piece);
    for (let index = this.#firstAt(start); index < this.#rows.length; index++) {
      const row = this.#rows[index];
      const offset = this.offsetOf(index);
      if (row === undefined || offset >= end) return;
      const bytes = Math.min(end, offset + row.size) - Math.max(start, offset);
      if (bytes > 0) yield { row, bytes };
    }
  }

  /** The last file that starts at or before the offset, found by halving: those at the same offset before it are empty. */
  #firstAt(offset: number): number {
    let low = 0;
    let high = this.#offsets.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.offsetOf(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
