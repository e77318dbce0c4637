import { type Bytes, concat, equal } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import { type PieceIndex, type PieceLayout, powerOfTwoFrom } from './layout.ts';

/** Bytes of a SHA-256 hash. Hashes travel and are kept packed: one after the other. */
export const HASH = 32;
const PAIR = 2 * HASH;

/** The most hashes that one request may ask for (BEP 52). */
const LONGEST_RUN = 512;

/** A run of one layer, and how many of the layers above are to prove it (BEP 52 "hash request", without the root). */
export interface HashRequest {
  /** The layer of the run: 0 for leaves. */
  readonly baseLayer: number;
  readonly index: number;
  readonly length: number;
  readonly proofLayers: number;
}

/**
 * The root over packed hashes, of which there may be fewer than `width`: what is missing is padding.
 * @param width a power of two.
 * @param layer which layer of the whole tree the hashes are: padding is a zero hash in layer 0, and above it the root
 * of a tree of zero hashes (BEP 52).
 * @throws RangeError when there are more hashes than `width`.
 */
export function merkleRoot(crypto: Crypto, hashes: Uint8Array, width: number, layer = 0): Bytes {
  if (hashes.length > width * HASH)
    throw new RangeError(`hashes: expected at most ${width}, received ${hashes.length / HASH}`);
  let nodes: Bytes = new Uint8Array(hashes);
  let pad = padHash(crypto, layer);
  for (let count = width; count > 1; count /= 2) {
    nodes = parents(crypto, nodes, pad);
    pad = parent(crypto, pad, pad);
  }
  return nodes.length > 0 ? nodes : pad;
}

/** The hash of a piece, from the packed hashes of its blocks. */
export function pieceRoot(crypto: Crypto, leaves: Uint8Array, layout: PieceLayout, piece: PieceIndex): Bytes {
  return merkleRoot(crypto, leaves, layout.paddedBlocks(piece));
}

/** The "pieces root" of a stream, from the packed hashes of its pieces. */
export function contentRoot(crypto: Crypto, hashes: Uint8Array, layout: PieceLayout): Bytes {
  return merkleRoot(crypto, hashes, layout.paddedPieces, layout.pieceLayer);
}

/** The hashes of all pieces, with the tree above them, so that a proof costs no hashing. */
export class PieceLayer {
  readonly layout: PieceLayout;
  /** From the piece layer to the root, each without its padding. */
  readonly #layers: readonly Bytes[];

  private constructor(layout: PieceLayout, layers: readonly Bytes[]) {
    this.layout = layout;
    this.#layers = layers;
  }

  /**
   * @param hashes packed hashes of all pieces; copied.
   * @throws RangeError unless there is one hash a piece.
   */
  static of(crypto: Crypto, layout: PieceLayout, hashes: Uint8Array): PieceLayer {
    if (hashes.length !== layout.pieces * HASH)
      throw new RangeError(`hashes: expected ${layout.pieces * HASH} bytes, received ${hashes.length}`);
    const layers: Bytes[] = [];
    let nodes: Bytes = new Uint8Array(hashes);
    for (let above = 0; above < layout.layersAbove; above++) {
      layers.push(nodes);
      nodes = parents(crypto, nodes, padHash(crypto, layout.pieceLayer + above));
    }
    return new PieceLayer(layout, [...layers, nodes]);
  }

  /** The layer, if it leads to the root. A stream of one piece has its root for a layer. */
  static verify(
    crypto: Crypto,
    layout: PieceLayout,
    root: Uint8Array,
    bytes: Uint8Array,
  ): PieceLayer | undefined {
    if (layout.pieces === 0 || bytes.length !== layout.pieces * HASH) return undefined;
    const layer = PieceLayer.of(crypto, layout, bytes);
    return equal(layer.root, root) ? layer : undefined;
  }

  /** The "pieces root"; no bytes when the stream is empty. */
  get root(): Bytes {
    return this.#layers.at(-1) ?? new Uint8Array();
  }

  /** The packed hashes of all pieces. Not to be changed. */
  get bytes(): Bytes {
    return this.#layers[0] ?? new Uint8Array();
  }

  hash(piece: PieceIndex): Bytes {
    return this.bytes.subarray(piece * HASH, (piece + 1) * HASH);
  }

  /** A node so many layers above the piece layer, padding included. */
  node(crypto: Crypto, above: number, index: number): Bytes {
    const node = this.#layers[above]?.subarray(index * HASH, (index + 1) * HASH);
    return node?.length === HASH ? node : padHash(crypto, this.layout.pieceLayer + above);
  }
}

/** What to ask for to have the whole piece layer, each run proven up to the root. Nothing for a stream of one piece. */
export function pieceLayerRequests(layout: PieceLayout): HashRequest[] {
  const requests: HashRequest[] = [];
  if (layout.pieces < 2) return requests;
  for (let index = 0; index < layout.pieces; index += LONGEST_RUN) {
    const length = Math.min(LONGEST_RUN, Math.max(2, powerOfTwoFrom(layout.pieces - index)));
    requests.push({ baseLayer: layout.pieceLayer, index, length, proofLayers: layout.layersAbove - 1 });
  }
  return requests;
}

/** The requested hashes ‖ the uncle hashes that prove them, lowest first; nothing when the request is to be rejected. */
export function answerHashes(crypto: Crypto, layer: PieceLayer, request: HashRequest): Bytes | undefined {
  if (!isAnswerable(layer.layout, request)) return undefined;
  const { index, length } = request;
  const known = layer.bytes.subarray(index * HASH, (index + length) * HASH);
  const pads = padding(padHash(crypto, request.baseLayer), length - known.length / HASH);
  const uncles = uncleLayers(request).map((above) => layer.node(crypto, above, uncleIndex(index, above)));
  return concat(known, pads, ...uncles);
}

/**
 * The hashes of the run's pieces, packed, if they lead to the root: no proofs, and no padding, so that the runs of
 * `pieceLayerRequests` one after the other are the piece layer.
 */
export function verifyHashes(
  crypto: Crypto,
  root: Uint8Array,
  layout: PieceLayout,
  request: HashRequest,
  hashes: Uint8Array,
): Bytes | undefined {
  if (!isAnswerable(layout, request) || request.proofLayers !== layout.layersAbove - 1) return undefined;
  const { index, length } = request;
  const uncles = uncleLayers(request);
  if (hashes.length !== (length + uncles.length) * HASH) return undefined;

  const run: Bytes = new Uint8Array(hashes.subarray(0, Math.min(length, layout.pieces - index) * HASH));
  let node = merkleRoot(crypto, run, length, layout.pieceLayer);
  for (const [place, above] of uncles.entries()) {
    const uncle = hashes.subarray((length + place) * HASH, (length + place + 1) * HASH);
    node = uncleIndex(index, above) % 2 === 0 ? parent(crypto, uncle, node) : parent(crypto, node, uncle);
  }
  return equal(node, root) ? run : undefined;
}

/** BEP 52 asks of us the piece layer (and leaves, which are not kept), in aligned runs of a power of two. */
function isAnswerable(layout: PieceLayout, request: HashRequest): boolean {
  const { baseLayer, index, length, proofLayers } = request;
  return (
    baseLayer === layout.pieceLayer &&
    length >= 2 &&
    length <= LONGEST_RUN &&
    powerOfTwoFrom(length) === length &&
    index % length === 0 &&
    layout.index(index) !== undefined &&
    index + length <= layout.paddedPieces &&
    proofLayers >= 0 &&
    proofLayers < layout.layersAbove
  );
}

/** How far above the base layer the uncles are. The run itself proves the layers below (BEP 52, "hashes"). */
function uncleLayers({ length, proofLayers }: HashRequest): number[] {
  const lowest = Math.log2(length);
  return Array.from({ length: Math.max(0, proofLayers - lowest + 1) }, (_, place) => lowest + place);
}

function uncleIndex(index: number, above: number): number {
  return (index >> above) ^ 1;
}

function padHash(crypto: Crypto, layer: number): Bytes {
  let pad: Bytes = new Uint8Array(HASH);
  for (let height = 0; height < layer; height++) pad = parent(crypto, pad, pad);
  return pad;
}

function padding(pad: Bytes, count: number): Bytes {
  const packed = new Uint8Array(count * HASH);
  for (let place = 0; place < count; place++) packed.set(pad, place * HASH);
  return packed;
}

function parents(crypto: Crypto, nodes: Bytes, pad: Bytes): Bytes {
  const above = new Uint8Array(Math.ceil(nodes.length / PAIR) * HASH);
  for (let start = 0; start < nodes.length; start += PAIR) {
    const pair = nodes.subarray(start, start + PAIR);
    above.set(pair.length === PAIR ? crypto.sha256(pair) : parent(crypto, pair, pad), start / 2);
  }
  return above;
}

function parent(crypto: Crypto, left: Uint8Array, right: Uint8Array): Bytes {
  return crypto.sha256(concat(left, right));
}
