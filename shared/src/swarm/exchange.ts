import { Bitfield } from '../base/bitfield.ts';
import type { Bytes } from '../base/bytes.ts';
import type { Time } from '../base/time.ts';
import type { PieceIndex } from '../content/layout.ts';
import type { PieceLayer } from '../content/merkle.ts';
import type { Metainfo } from '../content/metainfo.ts';
import { Auditor } from './auditor.ts';
import { Choking } from './choking.ts';
import type { Opening } from './claims.ts';
import type { SwarmContext } from './context.ts';
import { Downloader } from './downloader.ts';
import type { Lane, Operation, SwarmInput } from './io.ts';
import { InitialSeeding } from './initialSeeding.ts';
import { LeafServer } from './leafServer.ts';
import { LayerExchange } from './layerExchange.ts';
import { MetadataExchange } from './metadataExchange.ts';
import type { Peer } from './peer.ts';
import { greeting, openingOf, tellDontHave, tellHave } from './telling.ts';
import { Uploader } from './uploader.ts';

/** What an earlier session left. */
export interface Known {
  readonly metainfo?: Metainfo | undefined;
  readonly layer?: PieceLayer | undefined;
  readonly have?: Iterable<number> | 'all' | undefined;
}

/** The parts that need to know how the content is cut into pieces. */
interface KnownContent {
  readonly metainfo: Metainfo;
  /** Verified and stored here. */
  readonly have: Bitfield;
  /** Nothing for an empty content: it has no tree. */
  readonly layer: LayerExchange | undefined;
  readonly leafServer: LeafServer | undefined;
  readonly uploader: Uploader;
  /** Unless we came with less than everything. */
  readonly initialSeeding: InitialSeeding | undefined;
  readonly auditor: Auditor;
  /** While there is something to fetch, and the means to verify it. */
  downloader: Downloader | undefined;
}

/** The exchange of one content among admitted peers: first what it is, then its hashes, then its pieces. */
export class Exchange {
  readonly metadata: MetadataExchange;
  readonly choking: Choking;
  readonly #context: SwarmContext;
  readonly #known: Known;
  #content: KnownContent | undefined;
  #wanted = false;
  /** Whom we want something of may have changed. */
  #turned = false;
  #leftOut: ReadonlySet<number> = new Set();
  #overlay: boolean | undefined;

  constructor(context: SwarmContext, known: Known) {
    this.#context = context;
    this.#known = known;
    this.metadata = new MetadataExchange(context, known.metainfo, (metainfo) =>
      this.#learnedMetainfo(metainfo),
    );
    this.choking = new Choking(context, {
      begins: () => this.#content?.initialSeeding?.review(),
      seeding: () => this.complete,
      idle: () => this.#content?.uploader.idle ?? false,
      unchoked: (peer) => this.#content?.initialSeeding?.guide(peer),
      choked: (peer) => {
        this.#content?.uploader.choked(peer);
        this.#content?.initialSeeding?.ended(peer.id);
      },
    });
    if (known.metainfo !== undefined) this.#content = this.#contentOf(known.metainfo);
  }

  get content(): KnownContent | undefined {
    return this.#content;
  }

  get complete(): boolean {
    return this.#content?.have.complete ?? false;
  }

  /** More connections would help: to learn what this is, or to fetch it. */
  get hungry(): 'for-metadata' | 'for-pieces' | 'no' {
    if (this.#content === undefined) return 'for-metadata';
    return this.#wanted && !this.#satisfied(this.#content) ? 'for-pieces' : 'no';
  }

  /** The person can do without these pieces, and no others. */
  leaveOut(pieces: ReadonlySet<number>): void {
    this.#leftOut = pieces;
    this.#content?.downloader?.leaveOut(pieces);
  }

  /** Whether we speak the DHT's extension has changed: everybody is told. */
  speakOverlay(on: boolean): void {
    if (on === this.#overlay) return;
    this.#overlay = on;
    for (const peer of this.#context.peers.values()) this.#greet(peer);
  }

  /** The person wants the content, now or since an earlier session. */
  download(): void {
    this.#wanted = true;
    if (this.#content === undefined) return;
    this.#content.layer?.want();
    this.#startDownloader(this.#content);
    if (this.#content.have.length === 0) this.#context.emit({ type: 'completed' });
  }

  admitted(peer: Peer): void {
    this.#greet(peer);
    this.#content?.initialSeeding?.admitted(peer);
    peer.send(openingOf(this.#content?.have));
    if (this.#content !== undefined) this.#settleClaims(peer, this.#content);
  }

  left(peer: Peer): void {
    this.metadata.left(peer.id);
    this.#content?.layer?.left(peer.id);
    this.#content?.uploader.left(peer.id);
    this.#content?.initialSeeding?.ended(peer.id);
    this.#content?.auditor.left(peer.id);
    this.#content?.downloader?.left(peer);
  }

  /** Whatever was asked on it, by either side, has ended. */
  laneClosed(peer: Peer, lane: Lane): void {
    this.#content?.uploader.laneClosed(peer, lane);
    this.#content?.downloader?.laneClosed(peer, lane);
  }

  /** How far away a peer is that pieces are on order from, in milliseconds; nothing of others. */
  roundTripTo(peer: Peer): Time | undefined {
    return this.#content?.downloader?.roundTripTo(peer.id);
  }

  /** A bitfield, have-all or have-none. */
  opening(peer: Peer, opening: Opening): void {
    if (!peer.claims.open(opening)) return this.#context.drop(peer.id, 'invalid-claims');
    this.#content?.layer?.mayKnow(peer.id);
    this.#content?.downloader?.claimed(peer);
  }

  haveTold(peer: Peer, piece: number): void {
    const index = this.#content?.metainfo.layout.index(piece);
    const told = peer.claims.have(piece);
    if (told === 'invalid') return this.#context.drop(peer.id, 'invalid-claims');
    if (index !== undefined) this.#content?.initialSeeding?.claimed(peer, index);
    if (told === 'known' && !peer.budget.spend(this.#context.now, 'repeatedHave'))
      return this.#context.drop(peer.id, 'message-flood');
    if (told !== 'new' || index === undefined) return;
    this.#content?.layer?.mayKnow(peer.id);
    this.#content?.downloader?.gained(peer, index);
  }

  /** A have is taken back (BEP 54). */
  dontHaveTold(peer: Peer, piece: number): void {
    if (!peer.budget.spend(this.#context.now, 'dontHave'))
      return this.#context.drop(peer.id, 'message-flood');
    const index = this.#content?.metainfo.layout.index(piece);
    const told = peer.claims.lost(piece);
    if (told === 'invalid') return this.#context.drop(peer.id, 'invalid-claims');
    if (told === 'lost' && index !== undefined) this.#content?.downloader?.lostBy(peer, index);
  }

  verified({ operation, good, leaves }: SwarmInput & { type: 'verified' }): void {
    this.#content?.downloader?.verified(operation, good, leaves);
  }

  leavesHashed(operation: Operation, leaves: Bytes | undefined): void {
    const lost = this.#content?.leafServer?.hashed(operation, leaves);
    if (this.#content !== undefined && lost !== undefined) this.#lost(this.#content, lost);
  }

  stored({ operation, result }: SwarmInput & { type: 'stored' }): void {
    this.#content?.downloader?.stored(operation, result);
  }

  read(operation: Operation, bytes: Bytes | undefined): void {
    if (this.#content === undefined) return;
    const compared = this.#content.auditor.read(operation, bytes);
    if (compared !== undefined) this.#turned = true;
    const { lost } = compared ?? { lost: this.#content.uploader.read(operation, bytes) };
    if (lost !== undefined) this.#lost(this.#content, lost);
  }

  /** A peer takes more than before. */
  credited(): void {
    this.#content?.uploader.stir();
  }

  /** Nothing that was asked for before is late yet. */
  woke(): void {
    this.metadata.woke();
    this.#content?.layer?.woke();
    this.#content?.downloader?.woke();
    this.#content?.auditor.woke();
    this.choking.woke();
  }

  tick(): void {
    this.#turned = true;
    this.#content?.uploader.stir();
    this.metadata.tick();
    this.#content?.layer?.tick();
    this.#content?.downloader?.tick();
    if (this.complete) this.#audit();
    this.choking.tick();
  }

  /** After every input: asks for more, serves more. */
  settle(): void {
    if (this.#turned) for (const peer of this.#context.peers.values()) this.#tellInterest(peer);
    this.#turned = false;
    this.#content?.downloader?.fill();
    this.#content?.uploader.pump();
  }

  /** Only who has everything can tell whether others have. */
  #audit(): void {
    this.#content?.auditor.tick();
    for (const peer of this.#context.peers.values()) this.#content?.auditor.consider(peer);
  }

  #contentOf(metainfo: Metainfo): KnownContent {
    const { layout, root } = metainfo;
    const { have, layer } = this.#known;
    const had = have === 'all' ? Bitfield.full(layout.pieces) : bitfieldOf(layout.pieces, have ?? []);
    const has = (piece: PieceIndex) => had.has(piece);
    const exchange =
      root &&
      new LayerExchange(this.#context, { ...metainfo, root }, layer, (learned) =>
        this.#learnedLayer(learned),
      );
    const initialSeeding = had.complete ? new InitialSeeding(this.#context, layout) : undefined;
    return {
      metainfo,
      have: had,
      layer: exchange,
      leafServer: exchange && new LeafServer(this.#context, exchange, has),
      uploader: new Uploader(this.#context, layout, has, (peer, range) =>
        initialSeeding?.served(peer, range),
      ),
      initialSeeding,
      auditor: new Auditor(this.#context, layout),
      downloader: undefined,
    };
  }

  #learnedMetainfo(metainfo: Metainfo): void {
    const content = this.#contentOf(metainfo);
    this.#content = content;
    this.#context.emit({ type: 'metainfo', metainfo });
    for (const peer of this.#context.peers.values()) this.#settleClaims(peer, content);
    // They may need it from us one day: an extended handshake may be sent again (BEP 10).
    for (const peer of this.#context.peers.values()) this.#greet(peer);
    if (this.#wanted) this.download();
  }

  #learnedLayer(layer: PieceLayer): void {
    this.#context.emit({ type: 'pieceLayer', layer });
    if (this.#content !== undefined) this.#startDownloader(this.#content);
  }

  #startDownloader(content: KnownContent): void {
    if (content.layer?.layer === undefined || content.have.complete) return;
    content.downloader ??= new Downloader(this.#context, content.layer, content.have, {
      had: (piece) => this.#had(content, piece),
      turned: () => (this.#turned = true),
    });
    content.downloader.leaveOut(this.#leftOut);
  }

  /** Who gives no more than the person allows has no use for lanes. */
  #greet(peer: Peer): void {
    const { mostLanes, upload } = this.#context;
    const spoken = { lanes: mostLanes > 1 && !upload.limited, overlay: this.#overlay };
    peer.send(greeting(this.metadata.metainfo, spoken));
  }

  /** Told when it has changed, and once a step: pieces come and go. */
  #tellInterest(peer: Peer): void {
    const { downloader, auditor } = this.#content ?? {};
    const interesting = downloader?.seeks(peer.id) === true || auditor?.examines(peer.id) === true;
    if (interesting === peer.interesting) return;
    peer.interesting = interesting;
    peer.send({ type: interesting ? 'interested' : 'notInterested' });
  }

  #settleClaims(peer: Peer, content: KnownContent): void {
    if (!peer.claims.settle(content.have.length)) return this.#context.drop(peer.id, 'invalid-claims');
    peer.pieceLength = content.metainfo.layout.pieceLength;
    content.downloader?.claimed(peer);
  }

  #had(content: KnownContent, piece: PieceIndex): void {
    content.have.set(piece);
    for (const peer of this.#context.peers.values()) tellHave(peer, piece);
    this.#context.emit({ type: 'had', piece });
    if (this.#satisfied(content)) this.#context.emit({ type: 'completed' });
  }

  /** Every piece that is wanted is here. */
  #satisfied({ have, downloader }: KnownContent): boolean {
    return have.complete || downloader?.missing === 0;
  }

  /** A stored piece is gone or rotten: nobody is to ask us for it, and we fetch it again. */
  #lost(content: KnownContent, piece: PieceIndex): void {
    if (!content.have.has(piece)) return;
    content.have.clear(piece);
    this.#context.emit({ type: 'lost', piece });
    for (const peer of this.#context.peers.values()) tellDontHave(peer, piece);
    if (content.downloader === undefined) this.#startDownloader(content);
    else content.downloader.lost(piece);
  }
}

function bitfieldOf(length: number, pieces: Iterable<number>): Bitfield {
  const bitfield = new Bitfield(length);
  for (const piece of pieces) bitfield.set(piece);
  return bitfield;
}
