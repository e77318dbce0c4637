import type { Bytes } from '../base/bytes.ts';
import type { ShareKeys } from '../content/keys.ts';
import type { PieceIndex } from '../content/layout.ts';
import { openManifest } from '../content/manifest.ts';
import { PieceLayer } from '../content/merkle.ts';
import type { Metainfo } from '../content/metainfo.ts';
import { contentStream, MissingPiece } from './contentStream.ts';
import { FileProgress } from './fileProgress.ts';
import type { FilesSource } from './filesSource.ts';
import type { Pieces } from './pieceWork.ts';
import { fromSource, fromStore, PieceReader } from './pieceReader.ts';
import { PieceWriter } from './pieceWriter.ts';
import type { PieceStore } from './ports.ts';
import type { FileSnapshot, ShareProblem } from './snapshot.ts';
import type { Surroundings } from './surroundings.ts';
import { titleOf } from './title.ts';

type Tools = Pick<Surroundings, 'crypto' | 'hasher' | 'cache' | 'clock'>;

/** Where the pieces of a share are on this machine. */
type Place =
  | { readonly type: 'store'; readonly store: PieceStore; readonly writer: PieceWriter }
  | { readonly type: 'source'; readonly source: FilesSource };

export type OpenResult =
  { readonly type: 'opened' } | { readonly type: 'problem'; readonly problem: ShareProblem };

/** What is known of a share's content, and what of it is here. */
export class ShareContent {
  readonly #tools: Tools;
  readonly #keys: ShareKeys;
  readonly #missed: (piece: PieceIndex) => void;
  #title = '';
  #metainfo: Metainfo | undefined;
  #layer: PieceLayer | undefined;
  #progress: FileProgress | undefined;
  #place: Place | undefined;
  #reader: PieceReader | undefined;
  #have = new Set<number>();
  #leftOut: ReadonlySet<PieceIndex> = new Set();

  /** @param missed told of a piece that is gone or has rotted, when a stream comes upon it. */
  constructor(tools: Tools, keys: ShareKeys, missed: (piece: PieceIndex) => void) {
    this.#tools = tools;
    this.#keys = keys;
    this.#missed = missed;
  }

  /** Empty until the metainfo is known. */
  get title(): string {
    return this.#title;
  }

  /** Whether it is known where the pieces are. */
  get placed(): boolean {
    return this.#place !== undefined;
  }

  get metainfo(): Metainfo | undefined {
    return this.#metainfo;
  }

  get layer(): PieceLayer | undefined {
    return this.#layer;
  }

  get files(): readonly FileSnapshot[] {
    return this.#progress?.files ?? [];
  }

  /** Bytes of the files that are wanted. */
  get size(): number {
    return this.#progress?.size ?? 0;
  }

  /** Bytes of them that are here. */
  get done(): number {
    return this.#progress?.done ?? 0;
  }

  get complete(): boolean {
    return this.#metainfo !== undefined && this.#have.size === this.#metainfo.layout.pieces;
  }

  /** Everything that is wanted is here. */
  get satisfied(): boolean {
    if (this.#metainfo === undefined) return false;
    let missing = this.#metainfo.layout.pieces - this.#have.size;
    for (const piece of this.#leftOut) if (!this.#have.has(piece)) missing--;
    return missing === 0;
  }

  /** Pieces that no wanted file has bytes in. */
  get leftOut(): ReadonlySet<PieceIndex> {
    return this.#leftOut;
  }

  get have(): ReadonlySet<number> {
    return this.#have;
  }

  get pieces(): Pieces {
    return {
      reader: this.#reader,
      writer: this.#place?.type === 'store' ? this.#place.writer : undefined,
      verifier: this.#layer && { type: 'merkle', layer: this.#layer },
    };
  }

  /** Reads the manifest: names and sizes are known from here on. */
  open(metainfo: Metainfo): OpenResult {
    const { sealedManifest, layout } = metainfo;
    const result = openManifest(this.#tools.crypto, this.#keys.manifest, sealedManifest, layout.length);
    if (result.type === 'wrong-key') return { type: 'problem', problem: { code: 'wrong-key' } };
    if (result.type === 'invalid')
      return { type: 'problem', problem: { code: 'metainfo-invalid', reason: result.reason } };
    this.#metainfo = metainfo;
    this.#progress = new FileProgress(result.manifest, layout);
    this.#title = titleOf(result.manifest.files.map(({ path }) => path));
    return { type: 'opened' };
  }

  learnLayer(layer: PieceLayer): void {
    this.#layer = layer;
    this.#makeReader();
  }

  /** Reads the layer an earlier session stored; a wrong one is as good as none. */
  recallLayer(hashes: Bytes): void {
    if (this.#metainfo?.root === undefined) return;
    const layer = PieceLayer.verify(this.#tools.crypto, this.#metainfo.layout, this.#metainfo.root, hashes);
    if (layer !== undefined) this.learnLayer(layer);
  }

  /** These files are not wanted; all others are. Returns the pieces that are of no use then. */
  leaveOut(files: ReadonlySet<number>): ReadonlySet<PieceIndex> {
    this.#leftOut = this.#progress?.leaveOut(files) ?? new Set();
    return this.#leftOut;
  }

  /** Pieces are stored here from now on; some may be here already. */
  useStore(store: PieceStore, stored: readonly number[]): void {
    this.#place = { type: 'store', store, writer: new PieceWriter(store, this.#tools.clock) };
    this.#makeReader();
    const here = new Set(stored);
    for (const piece of this.#metainfo?.layout.indices() ?? []) {
      if (here.has(piece)) this.had(piece);
      else this.#without(piece);
    }
  }

  /** Everything is here, in the person's own files. */
  useSource(source: FilesSource): void {
    this.#place = { type: 'source', source };
    this.#makeReader();
    this.#have = new Set(this.#metainfo?.layout.indices() ?? []);
    this.#progress?.hadAll();
  }

  had(piece: PieceIndex): void {
    if (this.#metainfo === undefined || this.#have.has(piece)) return;
    this.#have.add(piece);
    this.#progress?.had(piece);
  }

  lost(piece: PieceIndex): void {
    this.#without(piece);
    // Where forgetting fails, the piece is written over once it has come again, and verified until then.
    if (this.#place?.type === 'store') this.#place.store.forget(piece).catch(() => undefined);
  }

  /** Nothing is here any more. */
  lostAll(): void {
    for (const piece of this.#metainfo?.layout.indices() ?? []) this.#without(piece);
  }

  /** The files that a piece holds bytes of, as a person would name them. */
  fileNamesOf(piece: PieceIndex): string[] {
    return (this.#progress?.filesOf(piece) ?? []).map(({ path }) => path.join('/'));
  }

  /** The plain bytes of one file, verified as they are read. */
  stream(file: number): AsyncGenerator<Bytes, void, undefined> | undefined {
    const row = this.files[file];
    if (row === undefined || this.#metainfo === undefined || this.#progress === undefined) return undefined;
    const content = {
      layout: this.#metainfo.layout,
      reader: this.#reader,
      hasher: this.#tools.hasher,
      key: this.#keys.content,
    };
    return this.#watched(contentStream(content, this.#progress.offsetOf(file), row.size), this.#reader);
  }

  close(): void {
    if (this.#place?.type === 'store') this.#place.store.close();
    this.#place = undefined;
    this.#reader?.close();
    this.#reader = undefined;
  }

  #without(piece: PieceIndex): void {
    if (this.#metainfo === undefined || !this.#have.delete(piece)) return;
    this.#progress?.lost(piece);
  }

  async *#watched(
    stream: AsyncGenerator<Bytes, void, undefined>,
    reader: PieceReader | undefined,
  ): AsyncGenerator<Bytes, void, undefined> {
    try {
      yield* stream;
    } catch (error) {
      const piece = error instanceof MissingPiece ? this.#metainfo?.layout.index(error.piece) : undefined;
      // A place that was let go meanwhile says nothing of the piece.
      if (piece !== undefined && reader === this.#reader && this.#have.has(piece)) this.#missed(piece);
      throw error;
    }
  }

  /** Pieces can be read once it is known where they are and what they must be. */
  #makeReader(): void {
    if (this.#metainfo === undefined || this.#layer === undefined || this.#place === undefined) return;
    const { layout } = this.#metainfo;
    const { crypto, hasher, cache } = this.#tools;
    const origin =
      this.#place.type === 'store'
        ? fromStore(this.#place.store)
        : fromSource(this.#place.source, hasher, this.#keys.content, layout);
    const verifier = { type: 'merkle', layer: this.#layer } as const;
    this.#reader?.close();
    this.#reader = new PieceReader(origin, crypto, hasher, layout, verifier, cache);
  }
}
