import { type Bytes, concat, equal } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import { SECOND, type Time } from '../base/time.ts';
import type { PieceLayout } from '../content/layout.ts';
import { answerHashes, PieceLayer, pieceLayerRequests, verifyHashes } from '../content/merkle.ts';
import type { Metainfo } from '../content/metainfo.ts';
import type { HashRange } from '../wire/message.ts';
import type { SwarmContext } from './context.ts';
import type { Peer } from './peer.ts';

const PATIENCE = 10 * SECOND;
/** Who has refused, or was silent, is asked again after so long. */
const REFUSED_FOR = 30 * SECOND;
const REQUESTS_A_PEER = 4;

/** One run of the piece layer: asked of somebody, or verified. */
interface Run {
  readonly range: HashRange;
  asked: { readonly of: PeerId; readonly at: Time } | undefined;
  hashes: Bytes | undefined;
}

/** BEP 52: fetches the piece layer in runs, each proved against the root on its own, and serves it once it is whole. */
export class LayerExchange {
  readonly #context: SwarmContext;
  readonly #layout: PieceLayout;
  readonly #root: Bytes;
  readonly #learned: (layer: PieceLayer) => void;
  /** Until when each is left alone. */
  readonly #refused = new Map<PeerId, Time>();
  #runs: Run[];
  #layer: PieceLayer | undefined;
  #wanted = false;

  constructor(
    context: SwarmContext,
    metainfo: Metainfo & { readonly root: Bytes },
    layer: PieceLayer | undefined,
    learned: (layer: PieceLayer) => void,
  ) {
    this.#context = context;
    this.#layout = metainfo.layout;
    this.#root = metainfo.root;
    this.#learned = learned;
    this.#layer = layer;
    this.#runs = pieceLayerRequests(metainfo.layout).map((request) => ({
      range: { root: metainfo.root, ...request },
      asked: undefined,
      hashes: undefined,
    }));
  }

  get layout(): PieceLayout {
    return this.#layout;
  }

  get root(): Bytes {
    return this.#root;
  }

  get layer(): PieceLayer | undefined {
    return this.#layer;
  }

  /** From now on the layer is wanted. */
  want(): void {
    this.#wanted = true;
    this.seek();
  }

  /** Asks for what is wanted and not being asked. A content of one piece needs nobody: its root is the layer. */
  seek(): void {
    if (!this.#wanted || this.#layer !== undefined) return;
    if (this.#layout.pieces === 1) return this.#finish(this.#root);
    for (const peer of this.#context.peers.values()) this.#ask(peer);
  }

  requested(peer: Peer, range: HashRange): void {
    const hashes =
      this.#layer !== undefined && equal(range.root, this.#root)
        ? answerHashes(this.#context.crypto, this.#layer, range)
        : undefined;
    peer.send(hashes === undefined ? { ...range, type: 'hashReject' } : { ...range, type: 'hashes', hashes });
  }

  received(peer: Peer, range: HashRange, hashes: Bytes): void {
    const run = this.#asked(peer, range);
    if (run === undefined) return;
    run.asked = undefined;
    run.hashes = verifyHashes(this.#context.crypto, this.#root, this.#layout, range, hashes);
    if (run.hashes === undefined) return this.#context.ban(peer.id, 'invalid-hashes');
    const known = this.#runs.map((each) => each.hashes).filter((each) => each !== undefined);
    if (known.length < this.#runs.length) return this.seek();
    this.#finish(concat(...known));
  }

  rejected(peer: Peer, range: HashRange): void {
    const run = this.#asked(peer, range);
    if (run === undefined) return;
    run.asked = undefined;
    this.#refuse(peer.id);
    this.seek();
  }

  /** A peer that had nothing to tell may have learnt the layer since. */
  mayKnow(peer: PeerId): void {
    if (this.#refused.delete(peer)) this.seek();
  }

  left(peer: PeerId): void {
    this.#refused.delete(peer);
    for (const run of this.#runs) if (run.asked?.of === peer) run.asked = undefined;
  }

  woke(): void {
    const { now } = this.#context;
    for (const run of this.#runs) if (run.asked !== undefined) run.asked = { ...run.asked, at: now };
  }

  tick(): void {
    const { now } = this.#context;
    for (const [peer, until] of this.#refused) if (until <= now) this.#refused.delete(peer);
    for (const run of this.#runs) {
      if (run.asked === undefined || now - run.asked.at < PATIENCE) continue;
      this.#refuse(run.asked.of);
      run.asked = undefined;
    }
    this.seek();
  }

  #refuse(peer: PeerId): void {
    this.#refused.set(peer, this.#context.now + REFUSED_FOR);
  }

  /** The run that this peer was asked for; hashes that nobody asked for are within a budget. */
  #asked(peer: Peer, range: HashRange): Run | undefined {
    const run = this.#runs.find((each) => each.asked?.of === peer.id && isSameRange(each.range, range));
    if (run === undefined && !peer.budget.spend(this.#context.now, 'unrequestedHashes'))
      this.#context.drop(peer.id, 'message-flood');
    return run;
  }

  #ask(peer: Peer): void {
    if (this.#refused.has(peer.id)) return;
    let asked = this.#runs.filter((run) => run.asked?.of === peer.id).length;
    for (const run of this.#runs) {
      if (asked >= REQUESTS_A_PEER) return;
      if (run.asked !== undefined || run.hashes !== undefined) continue;
      run.asked = { of: peer.id, at: this.#context.now };
      peer.send({ ...run.range, type: 'hashRequest' });
      asked++;
    }
  }

  #finish(hashes: Bytes): void {
    const layer = PieceLayer.verify(this.#context.crypto, this.#layout, this.#root, hashes);
    if (layer === undefined) return this.#forgetAll();
    this.#layer = layer;
    this.#runs = [];
    this.#learned(layer);
  }

  /** Runs that are each proved make a whole that is: this cannot happen, and if it does we begin again. */
  #forgetAll(): void {
    this.#runs = this.#runs.map((run) => ({ ...run, hashes: undefined, asked: undefined }));
  }
}

/** Whether both ask for the same hashes. */
export function isSameRange(a: HashRange, b: HashRange): boolean {
  return (
    a.baseLayer === b.baseLayer &&
    a.index === b.index &&
    a.length === b.length &&
    a.proofLayers === b.proofLayers &&
    equal(a.root, b.root)
  );
}
